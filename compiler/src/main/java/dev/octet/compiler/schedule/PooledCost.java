package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.PooledConv2d;

/**
 * Estimates the clocks of a convolution with its pooling in one kernel: the larger of what the busiest multiprocessor has to
 * multiply and of what its warps wait for, each for its own products, and the ends of its blocks. Only ratios matter.
 */
final class PooledCost {
    /** Products of a multiprocessor per clock by {@code mma}. */
    private static final int PRODUCTS = 2048;
    /**
     * Clocks of a multiprocessor for each row of a strip, besides its products; this and the next two were fitted on 2026-11-29
     * to the times of the first kernel of ResNet-50 with 14, 7, 4, 2 and 1 rows at batch 1, 8, 32 and 128 on an H200.
     */
    private static final int REST = 15;
    /** Clocks from one step of a warp to the next. */
    private static final int STEP = 50;
    /** Clocks to begin a block and to end it. */
    private static final int ENDS = 760;
    /** Rows of an mma. */
    private static final int ROWS = 16;
    /** Depth of an mma. */
    private static final int BYTES_OF_K = 32;

    private PooledCost() {}

    /** Estimated clocks with a tile for a number of images. */
    static long clocks(PooledConv2d spec, Schedule.PooledTile tile, int batch) {
        long blocks = MmaCost.ceil(LaunchGeometry.of(spec, tile).gridX(batch), WgmmaCost.MACHINE.multiprocessors());
        long waves = MmaCost.ceil(blocks, tile.blocks());
        long rows =
                (long) (tile.rows() - 1) * spec.pool().strideH() + spec.pool().kernelH();
        long products = (long) ROWS * spec.group() * BYTES_OF_K * spec.steps() / PRODUCTS;
        long busy = blocks * tile.strips() * rows * (products + (long) REST * tile.warpsOfStrip());
        long chain = waves * rows * spec.steps() * STEP;
        return Math.max(busy, chain) + waves * ENDS;
    }
}
