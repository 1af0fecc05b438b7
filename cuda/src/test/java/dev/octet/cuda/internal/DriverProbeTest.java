package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverProbeTest {
    @TempDir
    Path cache;

    private static URL jarOf(String resource) throws Exception {
        String url =
                DriverProbeTest.class.getClassLoader().getResource(resource).toString();
        return new URL(url.substring("jar:".length(), url.indexOf('!')));
    }

    /** A probe on a machine with or without traces of a driver. */
    private String reason(boolean driver, URL... jars) throws Exception {
        DriverTraces traces =
                new DriverTraces(List.of(cache.resolve("no such file"), driver ? cache : cache.resolve("x")));
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            DriverProbe probe = DriverProbe.look(loader, "linux-x86_64", cache, traces);
            assertThat(probe.driver()).isEmpty();
            return probe.reason();
        }
    }

    @Test
    void saysThatThePlatformIsNotSupported() {
        DriverTraces none = new DriverTraces(List.of());
        DriverProbe probe = DriverProbe.look(getClass().getClassLoader(), "linux-aarch64", cache, none);

        assertThat(probe.driver()).isEmpty();
        assertThat(probe.reason()).isEqualTo("the CUDA device runs on linux-x86_64 only, this is linux-aarch64");
    }

    @Test
    void saysThatJCudaIsMissing() throws Exception {
        assertThat(reason(true)).isEqualTo("JCuda is not on the class path; add the dependency org.jcuda:jcuda:12.6.0");
    }

    @Test
    void saysThatTheNativeLibraryIsMissing() throws Exception {
        assertThat(reason(true, jarOf("jcuda/driver/JCudaDriver.class")))
                .isEqualTo("JCuda's native library is not on the class path, or its jar is damaged; add the dependency"
                        + " org.jcuda:jcuda-natives:12.6.0 with classifier linux-x86_64");
    }

    @Test
    void saysOfAMachineWithoutADriverNothingElse() throws Exception {
        assertThat(reason(false, jarOf("jcuda/driver/JCudaDriver.class")))
                .isEqualTo("there is no NVIDIA driver on this machine");
        assertThat(reason(false)).isEqualTo("there is no NVIDIA driver on this machine");
    }

    @Test
    void looksForADriverWhereSystemsHaveOne() {
        assertThat(DriverTraces.ofSystem().files())
                .contains(Path.of("/dev/nvidiactl"), Path.of("/usr/lib/x86_64-linux-gnu/libcuda.so.1"))
                .doesNotHaveDuplicates();
    }
}
