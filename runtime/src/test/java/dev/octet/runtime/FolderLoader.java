package dev.octet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** A class loader with a folder on its path, and a class of its own to find it by. */
final class FolderLoader extends URLClassLoader {
    private FolderLoader(URL folder) {
        super(new URL[] {folder}, FolderLoader.class.getClassLoader());
    }

    /** What the loader defines. */
    static final class Anchor {
        private Anchor() {}
    }

    static Class<?> anchor(Path folder) {
        try {
            return new FolderLoader(folder.toUri().toURL()).define();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Class<?> define() {
        String name = Anchor.class.getName();
        try (InputStream in = FolderLoader.class.getResourceAsStream("FolderLoader$Anchor.class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
