package dev.octet.plan;

/** Where a jar holds what belongs to a network. Paths are for {@link ClassLoader#getResource}: no leading slash. */
public final class ResourcePaths {
    /** The folder of everything below: one folder for each network, and {@link #KERNELS}. */
    public static final String ROOT = "META-INF/octet";

    /** The folder of kernels: one folder for each target. */
    public static final String KERNELS = ROOT + "/kernels";

    private ResourcePaths() {}

    /** The plan of a network, given the binary name of its definition. */
    public static String plan(String network) {
        return ROOT + "/" + network + "/plan";
    }

    /** The plan of a network's float graph, by which GPUs calibrate; only where the build was asked for it. */
    public static String floats(String network) {
        return ROOT + "/" + network + "/floats";
    }

    /** The quantised weights of a network. */
    public static String weights(String network) {
        return ROOT + "/" + network + "/weights.bin";
    }

    /** The name of the weights file that a definition's annotation gives, for the build step that quantises it. */
    public static String weightsSource(String network) {
        return ROOT + "/" + network + "/weights.source";
    }

    /** The sources that a definition was compiled from, for the build step that compares them: {@code <SHA-256> <path>}. */
    public static String sources(String network) {
        return ROOT + "/" + network + "/sources";
    }

    /** The lines of the definition that made a network's values, for reports: see {@link dev.octet.plan.text.LinesText}. */
    public static String lines(String network) {
        return ROOT + "/" + network + "/lines";
    }

    /** The precision file that a network was compiled with, for the build step that compares it; empty if there was none. */
    public static String precision(String network) {
        return ROOT + "/" + network + "/precision";
    }

    /**
     * The kernels of a network whose schedules measured times chose, for reports: see {@link dev.octet.plan.text.MeasuredText}; empty
     * if all are estimated.
     */
    public static String measured(String network) {
        return ROOT + "/" + network + "/measured";
    }

    /** The calibration table of a network. */
    public static String calibration(String network) {
        return ROOT + "/" + network + "/calibration";
    }

    /** The corrections of a network's weights. */
    public static String corrections(String network) {
        return ROOT + "/" + network + "/corrections";
    }

    /**
     * A file of a kernel. Networks share kernels: the hash is that of the source.
     *
     * @param target GPU family
     * @param hash as in {@link dev.octet.plan.launch.Step.Kernel}
     * @param extension {@code cu}, {@code ptx}, or that of {@link #cubin}
     */
    public static String kernel(Target target, String hash, String extension) {
        return KERNELS + "/" + target.text() + "/" + hash + "." + extension;
    }

    /**
     * The machine code of a kernel.
     *
     * @param target GPU family
     * @param hash as in {@link dev.octet.plan.launch.Step.Kernel}
     * @param machine ten times the compute capability of the machine that it was assembled for
     */
    public static String cubin(Target target, String hash, int machine) {
        return kernel(target, hash, "sm_" + machine + ".cubin");
    }
}
