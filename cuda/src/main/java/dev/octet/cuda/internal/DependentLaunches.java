package dev.octet.cuda.internal;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether launches can begin before their predecessor has ended. JCuda has no function for it; JNA calls the driver's. The
 * first launch of that kind decides: where it cannot be, a warning says so once, and launches wait as all others do.
 * Thread-safe.
 */
final class DependentLaunches {
    /** The first CUDA version whose graphs keep such launches, as drivers count versions. */
    static final int OLDEST_DRIVER = 12030;

    /** The first compute capability that has them. */
    static final int OLDEST_CAPABILITY = 90;

    private static final System.Logger LOG = System.getLogger(DependentLaunches.class.getName());
    private static final String DRIVER = "libcuda.so.1";

    private final int version;
    private final Path cache;
    private final String library;
    /** Null until the first question. */
    private Optional<LaunchFunction> function;

    /**
     * Loads nothing yet.
     *
     * @param version CUDA version of the driver
     * @param cache where JNA is unpacked
     */
    DependentLaunches(int version, Path cache) {
        this(version, cache, DRIVER);
    }

    DependentLaunches(int version, Path cache, String library) {
        this.version = version;
        this.cache = cache;
        this.library = library;
    }

    /** The function, or nothing. */
    synchronized Optional<LaunchFunction> function() {
        if (function == null) {
            function = find();
        }
        return function;
    }

    private Optional<LaunchFunction> find() {
        if (version < OLDEST_DRIVER) {
            String found = version / 1000 + "." + version % 1000 / 10;
            return none("the NVIDIA driver for CUDA " + found
                    + " does not keep such launches, those for CUDA 12.3 and later do");
        }
        String failure = JnaLibrary.initialize(DependentLaunches.class.getClassLoader(), cache);
        if (!failure.isEmpty()) {
            return none(failure);
        }
        try {
            return Optional.of(DriverLaunch.of(library));
        } catch (LinkageError e) {
            return none("JNA does not find cuLaunchKernelEx in " + library + ": " + JnaLibrary.line(e));
        }
    }

    private static Optional<LaunchFunction> none(String reason) {
        LOG.log(
                Level.WARNING,
                "Kernels that could begin before their predecessor ends wait for its end, which takes longer: " + reason
                        + ".");
        return Optional.empty();
    }
}
