package dev.octet.processor.host;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** The text of a typed class that is not written yet; definitions may use it. */
final class FacadeSource extends SimpleJavaFileObject {
    private final String binaryName;
    private final String text;

    FacadeSource(String binaryName, String text) {
        super(URI.create("octet:///" + MemoryClass.path(binaryName) + ".java"), Kind.SOURCE);
        this.binaryName = binaryName;
        this.text = text;
    }

    String binaryName() {
        return binaryName;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
