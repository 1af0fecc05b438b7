package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;

/**
 * Estimates the clocks of a convolution on the tensor cores of Hopper: the largest of what the busiest multiprocessor has to
 * multiply and to load, of the latencies of the steps that one block takes one after the other, and of the bytes that all
 * blocks move through memory; and what comes before the first step and after the last. Only ratios matter.
 */
final class WgmmaCost {
    /**
     * Fitted, together with {@link HaloCost}, on 2026-11-29 to 5,544 times of convolutions of four networks at batch 1, 8, 32 and 128, on an H200: what is
     * chosen takes 1.023 times the best on average, 1.34 at worst, and all kernels of a batch together at most 1.032 times the best.
     */
    static final Machine MACHINE =
            new Machine(132, 75, 15, 510, 1887, new Epilogue(153, 2, 12, 159, 2275, 4232), 726, 3600);

    /** Shared memory of a multiprocessor, and what of it each block takes for itself. */
    private static final int SHARED = 228 << 10;

    private static final int SHARED_OF_SYSTEM = 1 << 10;
    /** Products of a multiprocessor per clock. */
    private static final int PRODUCTS = 4096;
    /** Bytes of K of one product. */
    private static final int PRODUCT_K = 32;
    /** Results of a tile of 64 pixels and 128 channels, by which epilogues are counted. */
    static final int RESULTS = 8192;

    private final Machine machine;
    private final KernelSpec.Conv2d spec;
    private final int batch;

    /**
     * What the estimate knows of a GPU.
     *
     * @param multiprocessors how many there are
     * @param bytes from the second-level cache to a multiprocessor per clock
     * @param issue clocks of a step that nothing else can use
     * @param step clocks from the barrier of a step to that of the next, however little there is to do
     * @param arrival clocks from the copies of a step to its arrival, in which those of later steps begin
     * @param epilogue what rounding and storing take
     * @param ends clocks to begin a block and to end it
     * @param memory bytes of all multiprocessors from and to memory per clock
     */
    record Machine(
            int multiprocessors, int bytes, int issue, int step, int arrival, Epilogue epilogue, int ends, int memory) {
        Machine {
            if (multiprocessors < 1 || bytes < 1 || issue < 0 || step < 0 || arrival < 0 || ends < 0 || memory < 1) {
                throw new IllegalArgumentException("no such machine");
            }
        }
    }

    /**
     * Clocks of a tile's epilogue.
     *
     * @param results of {@link #RESULTS} results
     * @param residual times that for what is added to them
     * @param narrow times that where a tile has 64 channels, so that threads write half as many bytes of a pixel together
     * @param tile of each tile
     * @param latency from the last product to the end, of {@link #RESULTS} results; half of that however few there are
     * @param slices more of that where warpgroups add up their sums
     */
    record Epilogue(int results, int residual, int narrow, int tile, int latency, int slices) {}

    WgmmaCost(KernelSpec.Conv2d spec, int batch) {
        this.machine = MACHINE;
        this.spec = spec;
        this.batch = batch;
    }

    /** Blocks along x that fit a machine at once, of a grid with a row for each channel tile. */
    static int blocksAtOnce(KernelSpec.Conv2d spec, WarpgroupTile tile, int channelTiles) {
        return Math.max(1, MACHINE.multiprocessors() * blocksPerMultiprocessor(spec, tile) / channelTiles);
    }

    private static int blocksPerMultiprocessor(KernelSpec.Conv2d spec, WarpgroupTile tile) {
        return Math.min(tile.blocksByRegisters(spec), SHARED / (tile.sharedBytes(spec) + SHARED_OF_SYSTEM));
    }

    /** Estimated clocks with a tile. */
    long clocks(WgmmaTile tile) {
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

        long busy = blocksOfOne * tilesOfBlock * (steps * busyStep(tile) + busyEpilogue(tile));
        long stepsOfGroup = MmaCost.ceil(steps, tile.slices());
        long chain = waves * (tilesOfBlock * (stepsOfGroup * latency(tile) + epilogueLatency(tile)) + machine.ends());
        long start = tile.resident() ? atOnce * steps * bytesB(tile) / machine.bytes() : 0;
        return Math.max(Math.max(busy, chain), moved(spec, batch) / machine.memory()) + machine.ends() + start;
    }

    private long latency(WgmmaTile tile) {
        return tile.resident() ? machine.step() : Math.max(machine.step(), machine.arrival() / (tile.stages() - 1));
    }

    private long busyStep(WgmmaTile tile) {
        int k = Math.min(spec.k(), WgmmaTile.TILE_K);
        long products = products(results(tile), k);
        long bytes = tile.tileM() * WgmmaTile.TILE_K + (tile.resident() ? 0 : bytesB(tile));
        return Math.max(products, bytes / machine.bytes()) + machine.issue();
    }

    private long busyEpilogue(WgmmaTile tile) {
        Epilogue epilogue = machine.epilogue();
        int shares = 1
                + (spec.residual().isPresent() ? epilogue.residual() : 0)
                + (tile.tileN() == 64 ? epilogue.narrow() : 0);
        return results(tile) * shares * epilogue.results() / RESULTS + epilogue.tile();
    }

    private long epilogueLatency(WgmmaTile tile) {
        Epilogue epilogue = machine.epilogue();
        return epilogue.latency() * (RESULTS + results(tile)) / (2 * RESULTS)
                + (tile.slices() > 1 ? epilogue.slices() : 0);
    }

    private static long results(WgmmaTile tile) {
        return (long) tile.tileM() * tile.tileN();
    }

    private static long bytesB(WgmmaTile tile) {
        return (long) tile.tileN() * WgmmaTile.TILE_K;
    }

    /** Clocks of the products of so many results along so many bytes of K. */
    static long products(long results, int k) {
        return results * PRODUCT_K * MmaCost.ceil(k, PRODUCT_K) / PRODUCTS;
    }

    /** Bytes that a convolution reads and writes, each once, but for its weights. */
    static long moved(KernelSpec.Conv2d spec, int batch) {
        long results = (long) spec.output().elements() * (spec.residual().isPresent() ? 2 : 1);
        return (spec.input().elements() + results) * batch;
    }
}
