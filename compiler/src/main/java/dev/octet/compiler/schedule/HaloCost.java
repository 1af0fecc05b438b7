package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;

/**
 * Estimates the clocks of a convolution whose tiles have a halo, in those of {@link WgmmaCost}: the largest of what the busiest
 * multiprocessor has to do, of the tiles that one block takes one after the other, and of the bytes that all blocks move through
 * memory; and the weights that each block loads before. Only ratios matter.
 */
final class HaloCost {
    /**
     * Clocks of a multiprocessor for the epilogue of {@link WgmmaCost#RESULTS} results; this and the next three were fitted with {@link WgmmaCost#MACHINE}.
     */
    private static final int EPILOGUE = 458;
    /** More of that for what is added to them. */
    private static final int RESIDUAL = 322;
    /** Clocks from a tile's barrier to its last store besides products and epilogue. */
    private static final int LATENCY = 4022;
    /** Clocks to begin a block and to end it, besides what its weights take. */
    private static final int ENDS = 152;

    private final KernelSpec.Conv2d spec;
    private final int batch;

    HaloCost(KernelSpec.Conv2d spec, int batch) {
        this.spec = spec;
        this.batch = batch;
    }

    /** Estimated clocks with a tile. */
    long clocks(HaloTile tile) {
        WgmmaCost.Machine machine = WgmmaCost.MACHINE;
        int channelTiles = (int) MmaCost.ceil(spec.output().pitch(), tile.tileN());
        long tiles = (long) tile.down(spec) * tile.across(spec) * batch;
        long blocks = Math.min(tiles, WgmmaCost.blocksAtOnce(spec, tile, channelTiles));
        long tilesOfBlock = MmaCost.ceil(tiles, blocks);
        long blocksOfOne = MmaCost.ceil(blocks * channelTiles, machine.multiprocessors());

        long results = (long) tile.tileM() * tile.tileN();
        long products = WgmmaCost.products(results, spec.k());
        int residual = spec.residual().isPresent() ? RESIDUAL : 0;
        long epilogue = results * (EPILOGUE + residual) / WgmmaCost.RESULTS;

        long busy = blocksOfOne * tilesOfBlock * (products + epilogue);
        long chain = tilesOfBlock * (products + epilogue + LATENCY);
        long weights = blocksOfOne * tile.steps(spec.k()) * tile.tileN() * WarpgroupTile.TILE_K / machine.bytes();
        return Math.max(Math.max(busy, chain), WgmmaCost.moved(spec, batch) / machine.memory()) + weights + ENDS;
    }
}
