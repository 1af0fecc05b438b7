package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;

/**
 * Estimates the clocks of a convolution on the tensor cores of Hopper: the largest of what the busiest multiprocessor has to
 * multiply and to load, of the latencies of the steps that one block takes one after the other, and of the bytes that all
 * blocks move through memory; and what comes before the first step and after the last. Only ratios matter.
 */
final class WgmmaCost {
    /**
     * Fitted on 2026-11-29 to the times of five tiles on 15 convolutions of ResNet-50 at batch 1, 8, 32 and 128, on an H200
     * (measured with a prototype of this template): what is chosen takes 1.011 times the best on average, 1.12 at worst.
     */
    static final Machine MACHINE = new Machine(132, 70, 471, 912, 3899, 4198);

    /** Shared memory of a multiprocessor, and what of it each block takes for itself. */
    private static final int SHARED = 228 << 10;

    private static final int SHARED_OF_SYSTEM = 1 << 10;
    /** Products of a multiprocessor per clock. */
    private static final int PRODUCTS = 4096;

    private final Machine machine;
    private final KernelSpec.Conv2d spec;
    private final int batch;

    /**
     * What the estimate knows of a GPU.
     *
     * @param multiprocessors how many there are
     * @param bytes from the second-level cache to a multiprocessor per clock
     * @param step clocks from the barrier of a step to that of the next, however little there is to do
     * @param epilogue clocks of a tile's epilogue
     * @param ends clocks to begin a block and to end it
     * @param memory bytes of all multiprocessors from and to memory per clock
     */
    record Machine(int multiprocessors, int bytes, int step, int epilogue, int ends, int memory) {
        Machine {
            if (multiprocessors < 1 || bytes < 1 || step < 0 || epilogue < 0 || ends < 0 || memory < 1) {
                throw new IllegalArgumentException("no such machine");
            }
        }
    }

    WgmmaCost(KernelSpec.Conv2d spec, int batch) {
        this.machine = MACHINE;
        this.spec = spec;
        this.batch = batch;
    }

    /** Blocks along x that fit a machine at once, of a grid with a row for each channel tile. */
    static int blocksAtOnce(KernelSpec.Conv2d spec, Schedule.WgmmaTile tile, int channelTiles) {
        return Math.max(1, MACHINE.multiprocessors() * blocksPerMultiprocessor(spec, tile) / channelTiles);
    }

    private static int blocksPerMultiprocessor(KernelSpec.Conv2d spec, Schedule.WgmmaTile tile) {
        return Math.min(tile.blocksByRegisters(spec), SHARED / (tile.sharedBytes(spec) + SHARED_OF_SYSTEM));
    }

    /** Estimated clocks with a tile. */
    long clocks(Schedule.WgmmaTile tile) {
        long pixelTiles = MmaCost.ceil((long) spec.items() * batch, tile.tileM());
        long channelTiles = MmaCost.ceil(spec.output().pitch(), tile.tileN());
        long steps = tile.steps(spec.k());
        long blocks = tile.resident()
                ? Math.min(pixelTiles, blocksAtOnce(spec, tile, (int) channelTiles)) * channelTiles
                : pixelTiles * channelTiles;
        long tilesOfBlock = MmaCost.ceil(pixelTiles * channelTiles, blocks);
        long blocksOfOne = MmaCost.ceil(blocks, machine.multiprocessors());
        long atOnce = Math.min(blocksOfOne, blocksPerMultiprocessor(spec, tile));
        long waves = MmaCost.ceil(blocksOfOne, atOnce);

        long busy = blocksOfOne * tilesOfBlock * (steps * busyStep(tile) + machine.epilogue());
        long stepsOfGroup = MmaCost.ceil(steps, tile.slices());
        long chain = waves * (tilesOfBlock * (stepsOfGroup * latency(tile) + machine.epilogue()) + machine.ends());
        long start = tile.resident() ? atOnce * steps * bytesB(tile) / machine.bytes() : 0;
        return Math.max(Math.max(busy, chain), moved() / machine.memory()) + machine.ends() + start;
    }

    /** Copies that are one step ahead do not arrive within it. */
    private long latency(Schedule.WgmmaTile tile) {
        boolean late = tile.stages() == 2 && !tile.resident();
        return late ? machine.step() * 13L / 10 : machine.step();
    }

    private long busyStep(Schedule.WgmmaTile tile) {
        long products = (long) tile.tileM() * tile.tileN() * Schedule.WgmmaTile.TILE_K / PRODUCTS;
        long bytes = tile.tileM() * Schedule.WgmmaTile.TILE_K + (tile.resident() ? 0 : bytesB(tile));
        return Math.max(products, bytes / machine.bytes());
    }

    private static long bytesB(Schedule.WgmmaTile tile) {
        return (long) tile.tileN() * Schedule.WgmmaTile.TILE_K;
    }

    private long moved() {
        long results = (long) spec.output().elements() * (spec.residual().isPresent() ? 2 : 1);
        return (spec.input().elements() + results) * batch;
    }
}
