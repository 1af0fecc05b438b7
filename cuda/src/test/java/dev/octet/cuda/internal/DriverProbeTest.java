package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DriverProbeTest {
    @TempDir
    Path cache;

    private static URL jarOf(String resource) throws Exception {
        String url =
                DriverProbeTest.class.getClassLoader().getResource(resource).toString();
        return new URL(url.substring("jar:".length(), url.indexOf('!')));
    }

    private DriverProbe look(URL... jars) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            return DriverProbe.look(loader, "linux-x86_64", cache);
        }
    }

    @Test
    void saysThatThePlatformIsNotSupported() {
        DriverProbe probe = DriverProbe.look(getClass().getClassLoader(), "linux-aarch64", cache);

        assertThat(probe.driver()).isEmpty();
        assertThat(probe.reason()).isEqualTo("the CUDA device runs on linux-x86_64 only, this is linux-aarch64");
    }

    @Test
    void saysThatJCudaIsMissing() throws Exception {
        assertThat(look().reason()).contains("JCuda is not on the class path", "org.jcuda:jcuda:12.6.0");
    }

    @Test
    void saysThatTheNativeLibraryIsMissing() throws Exception {
        assertThat(look(jarOf("jcuda/driver/JCudaDriver.class")).reason())
                .contains("native library is not on the class path", "jcuda-natives:12.6.0", "linux-x86_64");
    }

    /** In a class loader of its own, so that this process's JCuda stays as it is. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void loadsTheLibraryFromThePrivateFolder() throws Exception {
        String before = System.getProperty("java.io.tmpdir");
        String name = "libJCudaDriver-12.6.0-linux-x86_64.so";
        boolean was = Files.exists(Path.of(before, name));

        URL[] jars = {jarOf("jcuda/driver/JCudaDriver.class"), jarOf("lib/" + name)};
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            assertThat(DriverProbe.initialize(loader, loader.getResource("lib/" + name), cache))
                    .as("nothing to complain about, or no driver here")
                    .matches(reason -> reason.isEmpty() || reason.contains("libcuda.so.1 cannot be loaded"));
        }
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before);
        assertThat(Files.exists(Path.of(before, name))).as("JCuda's own copy").isEqualTo(was);
        try (var files = Files.walk(cache.resolve("natives"))) {
            assertThat(files.map(file -> file.getFileName().toString())).contains(name);
        }
    }

    /** The words of the virtual machine for a library that two class loaders want, here one of its own libraries. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void saysThatAnotherClassLoaderHasTheLibrary() throws Exception {
        Path library = cache.resolve("libowned.so");
        Files.copy(Path.of(System.getProperty("java.home"), "lib", "libextnet.so"), library);
        assertThat(loadInNewLoader(library)).isEmpty();
        assertThat(DriverProbe.explain(loadInNewLoader(library)))
                .startsWith("another class loader of this process has loaded JCuda's native library");
    }

    private static final List<ClassLoader> KEPT = new ArrayList<>();

    private static String loadInNewLoader(Path library) throws Exception {
        URL classes = Owner.class.getProtectionDomain().getCodeSource().getLocation();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        KEPT.add(loader);
        var load = loader.loadClass(Owner.class.getName()).getDeclaredMethod("load", String.class);
        load.setAccessible(true);
        return (String) load.invoke(null, library.toString());
    }

    /** Loads a library for the class loader that it is in. */
    static final class Owner {
        private Owner() {}

        static String load(String library) {
            try {
                System.load(library);
                return "";
            } catch (UnsatisfiedLinkError e) {
                return e.getMessage();
            }
        }
    }
}
