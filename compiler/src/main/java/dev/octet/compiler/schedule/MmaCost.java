package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.launch.Geometry;

/**
 * Estimates the clocks of a convolution on tensor cores. The busiest multiprocessor takes its share of the blocks,
 * padding included, several at a time; each step of K costs the larger of products and operand bytes, and no wave is
 * quicker than the latency of its steps. The constants are those of an A100, rounded; only ratios matter.
 */
final class MmaCost {
    private static final int MULTIPROCESSORS = 108;
    /** Products of a multiprocessor per clock. */
    private static final int PRODUCTS = 2048;
    /** Bytes from the second-level cache to a multiprocessor per clock. */
    private static final int BYTES = 32;
    /** Shared memory of a multiprocessor. */
    private static final int SHARED = 160 << 10;
    /** Threads that the registers of a multiprocessor serve, at 128 each. */
    private static final int THREADS = 512;
    /** Clocks from the barrier of a step to that of the next, however little there is to do. */
    private static final int STEP = 150;
    /** Clocks to fill the pipeline, and for the epilogue. */
    private static final int ENDS = 2000;

    private final KernelSpec.Conv2d spec;
    private final int batch;

    MmaCost(KernelSpec.Conv2d spec, int batch) {
        this.spec = spec;
        this.batch = batch;
    }

    /** Estimated clocks with a tile. */
    long clocks(Schedule.MmaTile tile) {
        Geometry geometry = LaunchGeometry.of(spec, tile);
        long blocks = ceil((long) geometry.gridX(batch) * geometry.gridY(), MULTIPROCESSORS);
        long waves = ceil(blocks, Math.min(SHARED / tile.sharedBytes(), THREADS / tile.threads()));
        long steps = ceil(spec.k(), Schedule.MmaTile.TILE_K);
        long products = ceil((long) tile.tileM() * tile.tileN() * Schedule.MmaTile.TILE_K, PRODUCTS);
        long operands = ceil((long) (tile.tileM() + tile.tileN()) * Schedule.MmaTile.TILE_K, BYTES);
        return Math.max(blocks * steps * Math.max(products, operands), waves * steps * STEP) + waves * ENDS;
    }

    private static long ceil(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
