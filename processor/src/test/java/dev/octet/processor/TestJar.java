package dev.octet.processor;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes jars. */
final class TestJar {
    private TestJar() {}

    /** Packs the files of a folder, or those of another jar but for its manifest. */
    static void write(Path jar, Path from, Manifest manifest) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (Files.isDirectory(from)) {
                add(out, from);
            } else {
                try (FileSystem zip = FileSystems.newFileSystem(from)) {
                    add(out, zip.getPath("/"));
                }
            }
        }
    }

    private static void add(JarOutputStream out, Path folder) throws IOException {
        for (Path file : TestModule.files(folder)) {
            String name = folder.relativize(file).toString();
            if (!name.equals("META-INF/MANIFEST.MF")) {
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
    }
}
