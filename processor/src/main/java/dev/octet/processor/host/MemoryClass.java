package dev.octet.processor.host;

import com.sun.source.tree.CompilationUnitTree;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.tools.FileObject;
import javax.tools.SimpleJavaFileObject;

/** A class file that the nested compilation made. */
final class MemoryClass extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Optional<CompilationUnitTree> unit;

    /**
     * A class file to be written.
     *
     * @param binaryName name of the class
     * @param source what it is compiled from
     */
    MemoryClass(String binaryName, FileObject source) {
        super(URI.create("octet:///" + path(binaryName) + ".class"), Kind.CLASS);
        this.unit = source instanceof SourceFile file ? Optional.of(file.unit()) : Optional.empty();
    }

    /** The source in the outer compilation; typed classes that are not written yet have none. */
    Optional<CompilationUnitTree> unit() {
        return unit;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public OutputStream openOutputStream() {
        return bytes;
    }

    /** The name as the path of a URI: Java allows more characters in names than URIs do. */
    static String path(String binaryName) {
        StringBuilder path = new StringBuilder();
        for (byte b : binaryName.replace('.', '/').getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b == '/' || b == '_' || b >= 0 && Character.isLetterOrDigit(b);
            path.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return path.toString();
    }
}
