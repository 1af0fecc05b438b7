package dev.octet.cuda.internal;

import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks for a CUDA driver, step by step, so that there is always an answer: JCuda's classes, its native library, the
 * driver, its devices. A failed first use of JCuda would leave its classes unusable for the rest of the process and
 * surprise the next caller with a NoClassDefFoundError; here each step is taken only when the one before succeeded, and
 * the answer is kept.
 */
public final class DriverProbe {
    private static final String JCUDA_CLASS = "jcuda.driver.JCudaDriver";
    /** The name under which JCuda 12.6.0 looks for its library, on the only platform that it has one for besides Windows. */
    private static final String LIBRARY = "JCudaDriver-12.6.0-linux-x86_64";

    private static DriverProbe system;

    private final Optional<Driver> driver;
    private final String reason;

    private DriverProbe(Optional<Driver> driver, String reason) {
        this.driver = driver;
        this.reason = reason;
    }

    /** A driver that was found otherwise. */
    public static DriverProbe of(Driver driver) {
        return new DriverProbe(Optional.of(driver), "");
    }

    /** The answer for this process; found at the first call. */
    public static synchronized DriverProbe system() {
        if (system == null) {
            system = look(DriverProbe.class.getClassLoader(), platform(), cache());
        }
        return system;
    }

    /** Native libraries are unpacked elsewhere if it cannot be used. */
    private static Path cache() {
        String home = System.getProperty("user.home", ".");
        return Path.of(System.getProperty("octet.cache", home + "/.cache/octet"));
    }

    /** The driver, with at least one device. */
    public Optional<Driver> driver() {
        return driver;
    }

    /** Why there is no driver, for the user; empty if there is one. */
    public String reason() {
        return reason;
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        return system + "-" + (machine.equals("amd64") ? "x86_64" : machine);
    }

    /** Looks for a driver, unpacking native libraries below {@code cache}. */
    static DriverProbe look(ClassLoader loader, String platform, Path cache) {
        if (!platform.equals("linux-x86_64")) {
            return none("the CUDA device runs on linux-x86_64 only, this is " + platform);
        }
        try {
            Class.forName(JCUDA_CLASS, false, loader);
        } catch (ClassNotFoundException e) {
            return none("JCuda is not on the class path (org.jcuda:jcuda:12.6.0)");
        }
        URL resource = loader.getResource("lib/" + System.mapLibraryName(LIBRARY));
        if (resource == null && !isOnLibraryPath()) {
            return none("JCuda's native library is not on the class path, or its jar is damaged"
                    + " (org.jcuda:jcuda-natives:12.6.0 with classifier linux-x86_64)");
        }
        String failure = initialize(loader, resource, cache);
        return failure.isEmpty() ? open() : none(failure);
    }

    private static boolean isOnLibraryPath() {
        return Arrays.stream(System.getProperty("java.library.path", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isRegularFile(Path.of(folder, System.mapLibraryName(LIBRARY))));
    }

    /**
     * Initialises JCuda, which looks for its library on java.library.path and then in the folder that the property
     * java.io.tmpdir names at that moment: the private folder.
     *
     * @param resource the library on the class path, or null if it is on java.library.path
     * @return why it failed, or empty
     */
    static String initialize(ClassLoader loader, URL resource, Path cache) {
        try {
            if (resource == null) {
                Class.forName(JCUDA_CLASS, true, loader);
            } else {
                String name = System.mapLibraryName(LIBRARY);
                initialize(loader, new NativeFolder(cache).unpack(NativeLibrary.read(resource), name));
            }
            return "";
        } catch (IOException e) {
            return "JCuda's native library cannot be unpacked: " + StoredFiles.reason(e);
        } catch (ClassNotFoundException | LinkageError e) {
            return explain(String.valueOf(e.getMessage()));
        }
    }

    /** Locks what all class loaders of the process share: another one may have loaded this class too. */
    private static void initialize(ClassLoader loader, Path folder) throws ClassNotFoundException {
        synchronized (System.getProperties()) {
            String before = System.setProperty("java.io.tmpdir", folder.toString());
            try {
                Class.forName(JCUDA_CLASS, true, loader);
            } finally {
                System.setProperty("java.io.tmpdir", before);
            }
        }
    }

    private static DriverProbe open() {
        try {
            Driver driver = new JCudaBinding();
            return driver.gpus().isEmpty() ? none("the driver finds no GPU") : of(driver);
        } catch (DriverException e) {
            return none(
                    e.result() == DriverException.NO_DEVICE
                            ? "the NVIDIA driver finds no GPU; is one visible (CUDA_VISIBLE_DEVICES)?"
                            : "the NVIDIA driver does not start: " + e.getMessage());
        }
    }

    /** JCuda's message holds two stack traces; the line that matters names a library. */
    static String explain(String message) {
        if (message.contains("libcuda.so.1")) {
            return "there is no NVIDIA driver: libcuda.so.1 cannot be loaded";
        }
        if (message.contains("already loaded in another classloader")) {
            return "another class loader of this process has loaded JCuda's native library, which only one can; put"
                    + " octet-cuda and JCuda where the applications share them";
        }
        if (message.contains("IllegalCallerException")) {
            return "Java may not load JCuda's native library; start it with --enable-native-access=ALL-UNNAMED";
        }
        String line = message.lines()
                .filter(l -> l.contains("UnsatisfiedLinkError"))
                .reduce((first, last) -> last)
                .orElse(message.lines().findFirst().orElse("unknown cause"));
        return "JCuda's native library cannot be loaded: " + line.strip();
    }

    private static DriverProbe none(String reason) {
        return new DriverProbe(Optional.empty(), reason);
    }
}
