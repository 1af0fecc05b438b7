package dev.octet.processor.host;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** A compiled class of the outer compilation's class path; its bytes are read when the nested compiler wants them. */
final class LibraryClass extends SimpleJavaFileObject {
    private final LibraryClasses classes;
    private final String binaryName;

    LibraryClass(LibraryClasses classes, String binaryName) {
        super(URI.create("octet:///" + MemoryClass.path(binaryName) + ".class"), Kind.CLASS);
        this.classes = classes;
        this.binaryName = binaryName;
    }

    private String absent() {
        return Runtime.version().feature() >= LibraryClasses.FIRST_WITH_MODULE_PATH
                ? binaryName
                : binaryName + " is on the module path, which annotation processors can read from JDK "
                        + LibraryClasses.FIRST_WITH_MODULE_PATH + " on; build with such a JDK";
    }

    String binaryName() {
        return binaryName;
    }

    @Override
    public InputStream openInputStream() throws IOException {
        return new ByteArrayInputStream(
                classes.find(binaryName).orElseThrow(() -> new FileNotFoundException(absent())));
    }
}
