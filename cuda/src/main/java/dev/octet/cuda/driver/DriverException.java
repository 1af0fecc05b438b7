package dev.octet.cuda.driver;

import java.util.Set;

/** An error that the driver answered. Callers translate it into a diagnostic that says what it means for the user. */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Values of CUresult, from NVIDIA's cuda.h. */
    public static final int OUT_OF_MEMORY = 2;

    public static final int NO_DEVICE = 100;
    public static final int INVALID_PTX = 218;
    public static final int UNSUPPORTED_PTX_VERSION = 222;
    public static final int NOT_FOUND = 500;

    /**
     * Errors after which no call of the process into the context succeeds any more: uncorrectable memory errors, illegal
     * addresses, time-outs, asserts, stack errors, illegal and misaligned instructions and addresses, failed launches.
     */
    private static final Set<Integer> STICKY = Set.of(214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719);

    private final int result;
    private final String name;
    private final String log;

    /**
     * An error.
     *
     * @param call function that answered it
     * @param result CUresult
     * @param name name and explanation of the result
     * @param log what the driver's compiler said, or empty
     */
    public DriverException(String call, int result, String name, String log) {
        super(call + " answered " + result + ": " + name);
        this.result = result;
        this.name = name;
        this.log = log;
    }

    /** The CUresult. */
    public int result() {
        return result;
    }

    /** Number, name and explanation of the result. */
    public String reason() {
        return "error " + result + ", " + name;
    }

    /** What the driver's compiler said, or empty. */
    public String log() {
        return log;
    }

    /** Whether the context is lost. */
    public boolean isSticky() {
        return STICKY.contains(result);
    }
}
