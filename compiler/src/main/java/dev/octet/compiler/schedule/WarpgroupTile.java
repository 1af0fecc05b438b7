package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;

/**
 * A convolution on the tensor cores of Hopper ({@code wgmma}): a block computes tiles of output pixels by output channels. The
 * channels are the rows of the product, so that a thread has few of them, whose constants it keeps, and many pixels.
 */
public sealed interface WarpgroupTile extends Schedule permits HaloTile, WgmmaTile {
    /** Bytes of K per step, which are a row of packed weights. */
    int TILE_K = 128;

    /** Threads of a warpgroup. */
    int WARPGROUP = 128;

    /** Output pixels of a tile. */
    int tileM();

    /** Output channels of a tile: 64 or 128. */
    int tileN();

    /** Whether all weights of a block's channels stay in shared memory while it walks over tiles of pixels. */
    boolean resident();

    /** Steps of a filter of so many bytes. */
    default int steps(int k) {
        return (k + TILE_K - 1) / TILE_K;
    }

    /** Sums of a thread. */
    default int sums() {
        return tileM() * tileN() / WARPGROUP;
    }

    /** Units along x of an image of a batch: its pixels, or whole tiles. */
    long unitsOfImage(KernelSpec.Conv2d conv);

    /** Units of a tile. */
    int unitsOfTile();

    /** Blocks that fit a multiprocessor together by their registers. */
    int blocksByRegisters(KernelSpec.Conv2d conv);

    /** Shared memory of a block, at most the largest int. */
    int sharedBytes(KernelSpec.Conv2d conv);
}
