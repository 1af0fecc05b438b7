package dev.octet.cuda;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.Network;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An application: opens the network {@code test.Tiny} of its class path on several devices and prints the results. */
final class OpenBest {
    private OpenBest() {}

    /** Opens the network on each of the devices that the arguments name. */
    public static void main(String[] devices) {
        for (String device : devices) {
            System.out.println(device + ": " + result(device));
        }
    }

    private static String result(String device) {
        NetworkSpec spec = NetworkSpec.of("test.Tiny", OpenBest.class);
        try (Network network = Network.open(spec, Options.onDevice(device))) {
            float[] results = network.run(new byte[] {0, 1, 127, -128, -2, -1});
            return network.device().name() + " " + Arrays.toString(results);
        } catch (OctetException e) {
            return e.getMessage();
        }
    }

    /** The same application twice in one process, each with class loaders of its own, at the same time. */
    static final class Twice {
        private Twice() {}

        public static void main(String[] devices) throws InterruptedException {
            String before = System.getProperty("java.io.tmpdir");
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> application(devices));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println("tmpdir: " + System.getProperty("java.io.tmpdir").equals(before));
        }

        private static void application(String[] devices) {
            String[] classPath = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
            URL[] urls = Arrays.stream(classPath).map(Twice::url).toArray(URL[]::new);
            try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
                var main = loader.loadClass(OpenBest.class.getName()).getDeclaredMethod("main", String[].class);
                main.setAccessible(true);
                main.invoke(null, (Object) devices);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static URL url(String path) {
            try {
                return Path.of(path).toUri().toURL();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
