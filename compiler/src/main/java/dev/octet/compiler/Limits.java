package dev.octet.compiler;

import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.plan.text.PlanLimits;

/**
 * How large a network may be. Kernels index with 32 bits, arrays of the JVM hold 2^31 - 1 elements, and a plan's reader
 * believes no file that says more than its own limits; {@link SizeCheck} refuses what exceeds any of them on the line
 * that asks for it, so that nothing later has to.
 *
 * <p>The number of calls is limited where they are recorded, by {@link TracedNetwork#MOST_CALLS}.
 */
public final class Limits {
    /** Images of a batch: as many as a plan file can say. */
    static final int BATCH = PlanLimits.BATCH;

    /** Ports of a kind: as many as a plan file can list. */
    static final int PORTS = PlanLimits.PORTS;

    /**
     * Channels of a pixel, and features of a vector: as many as a plan file can lay out. Tiles have at least 16 channels,
     * so that a grid also keeps below CUDA's 65,535 blocks along y: only 2^20 would make more tiles of 16, and it gets
     * wider ones.
     */
    static final int CHANNELS = PlanLimits.LANES;

    /**
     * Bytes of a value for a whole batch, as a kernel writes it. Kernels count its items and pixels in 32 bits, the CPU
     * device keeps it in an array, and an application passes it as a buffer.
     */
    static final long VALUE_BYTES = Integer.MAX_VALUE;

    /** Bytes of a layer's packed weights, which are one array. */
    static final long LAYER_BYTES = Integer.MAX_VALUE;

    /** Output channels to which packed weights are filled up at most: the widest tile. */
    static final int WIDEST_TILE = 128;

    /** Bytes of a filter to which packed weights are filled up at most: a step of warpgroups on tensor cores. */
    static final int LONGEST_STEP = 128;

    /** Bytes of all weights together, with scales, biases and names: the file that holds them is one array. */
    static final long WEIGHTS_BYTES = Integer.MAX_VALUE - 1024;

    /** Bytes that a layer takes in that file beside its weights, for each output channel and for itself, at most. */
    static final int CHANNEL_BYTES = 8;

    static final int LAYER_HEADER_BYTES = 512;

    /** Bytes of the arena for one image, as a plan file can say. */
    static final long ARENA_BYTES = PlanLimits.BYTES_PER_IMAGE;

    /**
     * Rows and columns of a window, and its strides. A window costs a step per pixel of it, the CPU device pads rows to
     * whole strides, and a plan file can say 2^20; no network is near any of these.
     */
    static final int WINDOW = 1 << 10;

    /** Pixels of a global mean: their sum is a 32-bit integer, and the largest byte is 255. */
    static final int MEAN_PIXELS = Integer.MAX_VALUE / 255 - 1;

    /** Normalisations folded into one layer: their constants are nested around the weight in a plan. */
    public static final int NORMS = PlanLimits.CONSTANT_DEPTH - 1;

    /** Bytes of a class name in UTF-8: it names a folder, whose name most file systems limit to this. */
    static final int CLASS_NAME_BYTES = 255;

    private Limits() {}
}
