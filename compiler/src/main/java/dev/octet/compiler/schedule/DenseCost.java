package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;

/**
 * Estimates the time of a dense layer that takes a thread for each result, in the clocks of {@link MmaCost}. Such threads read the
 * weights once for each image, from the second-level cache, so that many images wait for bytes; and a thread walks its filter
 * a few vectors at a time, so that few images wait for latencies.
 */
final class DenseCost {
    /**
     * Of weights, per clock and multiprocessor. An H200 took 82 us for 2048 to 1000 lanes of 128 images (2026-11-29), and the
     * clocks of {@link MmaCost} are about 3300 a microsecond: so much is 1000 * 128 filters of 2048 bytes to its 132
     * multiprocessors.
     */
    private static final int BYTES = 8;
    /** Vectors of 16 bytes that a thread loads at once. */
    private static final int VECTORS = 8;
    /** Clocks that such loads take to arrive: at one image the same layer takes about 3 us. */
    private static final int ROUND = 400;
    /** Clocks to begin and for the epilogue. */
    private static final int ENDS = 3500;

    private DenseCost() {}

    /** Estimated clocks for a number of images. */
    static long clocks(KernelSpec.Dense spec, int batch) {
        long bytes = (long) spec.output().channels() * batch * spec.k();
        long rounds = MmaCost.ceil(spec.k(), KernelSpec.VECTOR * VECTORS);
        return Math.max(MmaCost.ceil(bytes, (long) BYTES * MmaCost.MACHINE.multiprocessors()), rounds * ROUND) + ENDS;
    }
}
