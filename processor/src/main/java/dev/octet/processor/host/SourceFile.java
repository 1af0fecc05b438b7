package dev.octet.processor.host;

import com.sun.source.tree.CompilationUnitTree;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;

/** A source of the outer compilation, seen as the home of one of its types. */
final class SourceFile extends ForwardingJavaFileObject<JavaFileObject> {
    private final CompilationUnitTree unit;
    private final String binaryName;

    SourceFile(CompilationUnitTree unit, String binaryName) {
        super(unit.getSourceFile());
        this.unit = unit;
        this.binaryName = binaryName;
    }

    /** The outer compilation's tree of this source. */
    CompilationUnitTree unit() {
        return unit;
    }

    String binaryName() {
        return binaryName;
    }
}
