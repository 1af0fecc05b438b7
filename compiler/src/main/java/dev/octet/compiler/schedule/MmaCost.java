package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.launch.Geometry;

/**
 * Estimates the clocks of a convolution on tensor cores. The busiest multiprocessor takes its share of the blocks,
 * padding included, several at a time; each step of K costs the larger of products and operand bytes, and no wave is
 * quicker than the latency of its steps. Only ratios matter.
 */
final class MmaCost {
    /**
     * Fitted on 2026-11-23 to the times of all tiles on 16 convolutions of ResNet-50 at batch 1, 8, 32 and 128, on an H100
     * SXM ({@code run fit} of the GPU bundle): what is chosen takes 1.025 times the best on average, 1.32 at worst.
     */
    static final Machine MACHINE = new Machine(132, 506, 29, 258, 7192);

    /** Shared memory of a multiprocessor. */
    private static final int SHARED = 160 << 10;
    /** Threads that the registers of a multiprocessor serve, at 128 each. */
    private static final int THREADS = 512;

    private final Machine machine;
    private final KernelSpec.Conv2d spec;
    private final int batch;

    /**
     * What the estimate knows of a GPU.
     *
     * @param multiprocessors how many there are
     * @param products of a multiprocessor per clock
     * @param bytes from the second-level cache to a multiprocessor per clock
     * @param step clocks from the barrier of a step to that of the next, however little there is to do
     * @param ends clocks to fill the pipeline, and for the epilogue
     */
    record Machine(int multiprocessors, int products, int bytes, int step, int ends) {
        Machine {
            if (multiprocessors < 1 || products < 1 || bytes < 1 || step < 0 || ends < 0) {
                throw new IllegalArgumentException("no such machine");
            }
        }
    }

    MmaCost(KernelSpec.Conv2d spec, int batch) {
        this(MACHINE, spec, batch);
    }

    MmaCost(Machine machine, KernelSpec.Conv2d spec, int batch) {
        this.machine = machine;
        this.spec = spec;
        this.batch = batch;
    }

    /** Estimated clocks with a tile. */
    long clocks(Schedule.MmaTile tile) {
        Geometry geometry = LaunchGeometry.of(spec, tile);
        long blocks = ceil((long) geometry.gridX(batch) * geometry.gridY(), machine.multiprocessors());
        long waves = ceil(blocks, Math.min(SHARED / tile.sharedBytes(), THREADS / tile.threads()));
        long steps = ceil(spec.k(), Schedule.MmaTile.TILE_K);
        long products = ceil((long) tile.tileM() * tile.tileN() * Schedule.MmaTile.TILE_K, machine.products());
        long operands = ceil((long) (tile.tileM() + tile.tileN()) * Schedule.MmaTile.TILE_K, machine.bytes());
        long busy = blocks * steps * Math.max(products, operands);
        return Math.max(busy, waves * steps * machine.step()) + waves * machine.ends();
    }

    /** A quotient, rounded up. */
    static long ceil(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
