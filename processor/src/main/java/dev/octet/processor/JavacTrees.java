package dev.octet.processor;

import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.ToolProvider;

/** Access to javac's trees, which other compilers do not have. */
final class JavacTrees {
    private JavacTrees() {}

    /** The trees of {@code environment}, if it is javac's own and this Java has a javac to run definitions with. */
    static Optional<Trees> of(ProcessingEnvironment environment) {
        if (ToolProvider.getSystemJavaCompiler() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            // Another compiler, or a runtime without the jdk.compiler module.
            return Optional.empty();
        }
    }
}
