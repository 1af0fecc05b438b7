package dev.octet.toolchain;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/** Jars and folders on the class path of this code, whichever class loader it has. */
final class ClassPathEntry {
    private ClassPathEntry() {}

    /**
     * The jar or folder of a resource.
     *
     * @param url where a class loader found it
     * @param name the resource's name
     * @throws IllegalArgumentException if it is neither in a jar nor in a folder
     */
    static Path of(URL url, String name) {
        String text = url.toString();
        if (text.startsWith("jar:file:") && text.endsWith("!/" + name)) {
            return Path.of(URI.create(text.substring("jar:".length(), text.length() - name.length() - 2)));
        }
        if (text.startsWith("file:") && text.endsWith("/" + name)) {
            return Path.of(URI.create(text.substring(0, text.length() - name.length())));
        }
        throw new IllegalArgumentException(text + " is neither in a jar nor in a folder");
    }
}
