package dev.octet.plan.text;

/**
 * What a plan's reader believes at most, so that a damaged file cannot ask for any amount of memory. The compiler refuses
 * networks beyond these, whose plans could not be read back.
 */
public final class PlanLimits {
    /** Images of a batch. */
    public static final int BATCH = 1 << 16;

    /** Ports of a kind. */
    public static final int PORTS = 64;

    /** Lanes of a pixel; a vector of features is one pixel. Bounds what a layer's padding can ask for. */
    public static final int LANES = 1 << 20;

    /** Bytes of anything for one image: far above any device, far below overflow. */
    public static final long BYTES_PER_IMAGE = 1L << 40;

    /** Taps of a window: the mean over one has a factor for each number of taps. */
    public static final int TAPS = 1 << 20;

    /** Rows and columns of an image with its padding, which devices count in 32 bits. */
    static final int PADDED = 1 << 30;

    /** Constants within constants: a weight and the normalisations around it. */
    public static final int CONSTANT_DEPTH = 8;

    private PlanLimits() {}
}
