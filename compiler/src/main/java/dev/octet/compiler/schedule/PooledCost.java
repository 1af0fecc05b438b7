package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.PooledConv2d;

/**
 * Estimates the clocks of a convolution with its pooling in one kernel, in the manner of {@link MmaCost}: the busiest
 * multiprocessor takes its share of the blocks, several at a time. A block computes whole tiles of 16 pixels, as many for each
 * warp, pixels at its edges that its neighbours compute too, and some beyond the image. Only ratios matter.
 */
final class PooledCost {
    /** Rows of an mma. */
    private static final int ROWS = 16;
    /** Depth of an mma. */
    private static final int BYTES_OF_K = 32;
    /** Clocks of a multiprocessor to scale, round and pool 16 pixels of 64 channels; an estimate, not fitted to times. */
    private static final int EPILOGUE = 400;
    /** Clocks to fill shared memory and between the barriers, however little there is to do; likewise. */
    private static final int ENDS = 3000;
    /** Threads that the registers of a multiprocessor serve, at 128 each. */
    private static final int THREADS = 512;

    private PooledCost() {}

    /** Estimated clocks with a tile for a number of images. */
    static long clocks(PooledConv2d spec, Schedule.PooledTile tile, int batch) {
        long all = LaunchGeometry.of(spec, tile).gridX(batch);
        long blocks = ceil(all, MmaCost.MACHINE.multiprocessors());
        long waves = ceil(blocks, THREADS / tile.threads());
        long tiles = (long) tile.tilesOfWarp(spec.pool()) * tile.warps();
        long products =
                ceil((long) ROWS * PooledConv2d.MOST_CHANNELS * BYTES_OF_K * spec.steps(), MmaCost.MACHINE.products());
        return blocks * tiles * (products + EPILOGUE) + waves * ENDS;
    }

    private static long ceil(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
