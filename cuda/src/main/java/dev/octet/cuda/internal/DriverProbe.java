package dev.octet.cuda.internal;

import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.io.Platform;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks for a CUDA driver, step by step, so that there is always an answer: JCuda's classes, its native library, the
 * driver, its devices. A failed first use of JCuda would leave its classes unusable for the rest of the process and
 * surprise the next caller with a NoClassDefFoundError; here each step is taken only when the one before succeeded, and
 * the answer is kept.
 */
public final class DriverProbe {
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
            Path cache = Optional.ofNullable(System.getProperty("octet.cache"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "octet"));
            system = look(DriverProbe.class.getClassLoader(), Platform.name(), cache, DriverTraces.ofSystem());
        }
        return system;
    }

    /** The driver, with at least one device. */
    public Optional<Driver> driver() {
        return driver;
    }

    /** Why there is no driver, for the user; empty if there is one. */
    public String reason() {
        return reason;
    }

    /** Looks for a driver, unpacking native libraries below {@code cache}. */
    static DriverProbe look(ClassLoader loader, String platform, Path cache, DriverTraces traces) {
        if (!platform.equals(Platform.LINUX_X86_64)) {
            return none("the CUDA device runs on " + Platform.LINUX_X86_64 + " only, this is " + platform);
        }
        JCudaLibrary jcuda = JCudaLibrary.DRIVER;
        try {
            Class.forName(jcuda.className(), false, loader);
        } catch (ClassNotFoundException e) {
            return lacking("JCuda is not on the class path", "org.jcuda:jcuda:12.6.0", traces);
        }
        if (!jcuda.isPresent(loader)) {
            return lacking(
                    "JCuda's native library is not on the class path, or its jar is damaged",
                    "org.jcuda:jcuda-natives:12.6.0 with classifier linux-x86_64",
                    traces);
        }
        String failure = jcuda.initialize(loader, cache);
        return failure.isEmpty() ? open(cache) : none(failure);
    }

    /** Where nothing tells of a driver, that alone is the reason: no dependency helps without one. */
    private static DriverProbe lacking(String what, String dependency, DriverTraces traces) {
        return none(
                traces.any()
                        ? what + "; add the dependency " + dependency
                        : "there is no NVIDIA driver on this machine");
    }

    private static DriverProbe open(Path cache) {
        try {
            Driver driver = new JCudaBinding(cache);
            return driver.gpus().isEmpty() ? none("the driver finds no GPU") : of(driver);
        } catch (DriverException e) {
            return none(
                    e.result() == DriverException.NO_DEVICE
                            ? "the NVIDIA driver finds no GPU; is one visible (CUDA_VISIBLE_DEVICES)?"
                            : "the NVIDIA driver does not start: " + e.getMessage());
        }
    }

    private static DriverProbe none(String reason) {
        return new DriverProbe(Optional.empty(), reason);
    }
}
