package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
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
}
