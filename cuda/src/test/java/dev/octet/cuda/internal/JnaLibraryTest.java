package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** JNA's real library, each time in a class loader of its own. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class JnaLibraryTest {
    private static final String RESOURCE = "com/sun/jna/linux-x86-64/libjnidispatch.so";

    @TempDir
    Path folder;

    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final String before = System.getProperty("jna.tmpdir");

    @AfterEach
    void leavesNothing() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
        assertThat(System.getProperty("jna.tmpdir")).isEqualTo(before);
        assertThat(folder.resolve("cache/natives").toFile().list()).isNullOrEmpty();
    }

    private static URL jna() throws IOException {
        String url = JnaLibraryTest.class.getClassLoader().getResource(RESOURCE).toString();
        return new URL(url.substring("jar:".length(), url.indexOf('!')));
    }

    private ClassLoader loader(URL... paths) {
        URLClassLoader loader = new URLClassLoader(paths, ClassLoader.getPlatformClassLoader());
        loaders.add(loader);
        return loader;
    }

    private String initialize(ClassLoader loader) {
        return JnaLibrary.initialize(loader, folder.resolve("cache"));
    }

    /** The size of a pointer, as native code tells it. */
    private static Object pointerSize(ClassLoader loader) throws ReflectiveOperationException {
        return Class.forName("com.sun.jna.Native", true, loader)
                .getField("POINTER_SIZE")
                .get(null);
    }

    @Test
    void worksInSeveralClassLoaders() throws Exception {
        for (int i = 0; i < 3; i++) {
            ClassLoader loader = loader(jna());
            assertThat(initialize(loader)).isEmpty();
            assertThat(pointerSize(loader)).isEqualTo(8);
            assertThat(initialize(loader)).as("again").isEmpty();
        }
    }

    @Test
    void leavesTheFolderThatTheApplicationChose() throws Exception {
        Path chosen = Files.createDirectory(folder.resolve("chosen"));
        System.setProperty("jna.tmpdir", chosen.toString());
        try {
            assertThat(initialize(loader(jna()))).isEmpty();
            assertThat(System.getProperty("jna.tmpdir")).isEqualTo(chosen.toString());
            assertThat(folder.resolve("cache")).doesNotExist();
        } finally {
            System.clearProperty("jna.tmpdir");
        }
    }

    @Test
    void saysThatJnaIsMissing() {
        assertThat(initialize(loader())).isEqualTo("JNA is not on the class path (net.java.dev.jna:jna:5.19.1)");
    }

    /** The folder of classes in front of the jar has a library that ends early. */
    @Test
    void loadsNoDamagedLibrary() throws Exception {
        Path damaged = folder.resolve("classes").resolve(RESOURCE);
        Files.createDirectories(damaged.getParent());
        try (InputStream library = JnaLibraryTest.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            Files.write(damaged, library.readNBytes(10_000));
        }
        ClassLoader loader = loader(folder.resolve("classes").toUri().toURL(), jna());
        assertThat(initialize(loader))
                .startsWith("JNA's native library cannot be unpacked: ")
                .endsWith("it is not a complete library");
    }

    /** As from a folder in which nothing may be executed: the file is whole, but it cannot be loaded. */
    @Test
    void saysWhyALibraryCannotBeLoaded() throws Exception {
        Path foreign = folder.resolve("classes").resolve(RESOURCE);
        Files.createDirectories(foreign.getParent());
        try (InputStream library = JnaLibraryTest.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            byte[] bytes = library.readAllBytes();
            bytes[18] = 0x28; // e_machine: a processor that this is not
            Files.write(foreign, bytes);
        }
        ClassLoader loader = loader(folder.resolve("classes").toUri().toURL(), jna());
        assertThat(initialize(loader)).startsWith("JNA's native library cannot be loaded: ");
        assertThat(initialize(loader)).as("again").startsWith("JNA's native library cannot be loaded: ");
    }
}
