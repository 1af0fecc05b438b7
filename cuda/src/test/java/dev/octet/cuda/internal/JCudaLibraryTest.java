package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** JCuda's real libraries, each in class loaders of their own, so that this process's JCuda stays as it is. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class JCudaLibraryTest {
    /** The library that loads without a driver. */
    private static final JCudaLibrary RUNTIME =
            new JCudaLibrary("jcuda.runtime.JCuda", "JCudaRuntime-12.6.0-linux-x86_64");

    @TempDir
    Path cache;

    private final String temporary = System.getProperty("java.io.tmpdir");
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private List<String> before;

    @BeforeEach
    void look() throws Exception {
        before = libraries();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(temporary);
        assertThat(cache.resolve("natives").toFile().list()).isNullOrEmpty();
        assertThat(libraries()).as("JCuda's own copies in the common folder").isEqualTo(before);
    }

    private List<String> libraries() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(temporary))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("libJCuda"))
                    .sorted()
                    .toList();
        }
    }

    private static URL jarOf(String resource) throws Exception {
        String url =
                JCudaLibraryTest.class.getClassLoader().getResource(resource).toString();
        return new URL(url.substring("jar:".length(), url.indexOf('!')));
    }

    private URLClassLoader loader() throws Exception {
        URL[] jars = {
            jarOf("jcuda/driver/JCudaDriver.class"), jarOf("lib/libJCudaDriver-12.6.0-linux-x86_64.so"),
        };
        URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
        loaders.add(loader);
        return loader;
    }

    /** Calls into the native library: what it was built with. */
    private static int runtimeVersion(ClassLoader loader) throws Exception {
        int[] version = new int[1];
        Class<?> jcuda = Class.forName(RUNTIME.className(), true, loader);
        assertThat(jcuda.getMethod("cudaRuntimeGetVersion", int[].class).invoke(null, (Object) version))
                .isEqualTo(0);
        return version[0];
    }

    @Test
    void loadsTheDriversLibraryIfThereIsADriver() throws Exception {
        assertThat(JCudaLibrary.DRIVER.initialize(loader(), cache))
                .as("nothing to complain about, or no driver here")
                .matches(reason -> reason.isEmpty() || reason.contains("libcuda.so.1 cannot be loaded"));
    }

    @Test
    void worksInSeveralClassLoaders() throws Exception {
        for (int i = 0; i < 3; i++) {
            URLClassLoader loader = loader();
            assertThat(RUNTIME.initialize(loader, cache)).isEmpty();
            assertThat(runtimeVersion(loader)).isGreaterThanOrEqualTo(12000);
        }
        assertThat(RUNTIME.initialize(loaders.get(0), cache)).as("again").isEmpty();
    }

    @Test
    void worksWithARelativeCache() throws Exception {
        Path relative = Path.of("").toAbsolutePath().relativize(cache);
        assertThat(RUNTIME.initialize(loader(), relative)).isEmpty();
    }

    @Test
    void worksInSeveralClassLoadersAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                URLClassLoader loader = loader();
                answers.add(threads.submit(() -> RUNTIME.initialize(loader, cache)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void explainsAFileThatAnotherClassLoaderHas() {
        assertThat(JCudaLibrary.explain("Error while loading\njava.lang.UnsatisfiedLinkError: Native Library /x/lib.so"
                        + " already loaded in another classloader"))
                .contains("another class loader", "java.library.path", "jcuda-natives:12.6.0");
        assertThat(JCudaLibrary.explain("Error\njava.lang.UnsatisfiedLinkError: no gold in path"))
                .isEqualTo("JCuda's native library cannot be loaded: java.lang.UnsatisfiedLinkError: no gold in path");
    }
}
