package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several copies of this module and of JCuda in one process, as in an application server. */
@Tag("gpu")
class ClassLoadersGpuTest {
    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    void everyClassLoaderFindsTheGpu() throws Exception {
        URL[] classPath = classPath();
        for (int i = 0; i < 3; i++) {
            try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
                Class<?> type = loader.loadClass("dev.octet.cuda.CudaDeviceProvider");
                assertThat(type.getClassLoader()).isSameAs(loader);
                Object provider = type.getConstructor().newInstance();
                Object probe = type.getMethod("probe").invoke(provider);
                assertThat(probe.getClass().getMethod("reason").invoke(probe)).isEqualTo("");
                Object device = type.getMethod("open", int.class).invoke(provider, 0);
                assertThat(device).isInstanceOf(AutoCloseable.class);
                ((AutoCloseable) device).close();
            }
        }
        Gpu.open().close();
    }
}
