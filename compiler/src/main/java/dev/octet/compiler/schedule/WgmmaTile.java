package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;

/**
 * Implicit GEMM on the tensor cores of Hopper: a block computes tiles of {@code tileM} output pixels of the whole batch by {@code tileN}
 * output channels, walking K in steps of 128 bytes, which several warpgroups may share.
 *
 * @param tileM output pixels of a tile: 32, 64 or 128
 * @param tileN output channels of a tile: 64 or 128
 * @param stages steps that shared memory holds, at least 2
 * @param resident whether all weights of a block's channels stay in shared memory while it walks over tiles of pixels
 * @param slices warpgroups of a block, each of which takes every {@code slices}th step; 1 if weights are resident
 */
public record WgmmaTile(int tileM, int tileN, int stages, boolean resident, int slices) implements WarpgroupTile {
    public WgmmaTile {
        if (tileM != 32 && tileM != 64 && tileM != 128 || tileN != 64 && tileN != 128) {
            throw new IllegalArgumentException("32, 64 or 128 pixels, 64 or 128 channels: " + tileM + "x" + tileN);
        }
        if (stages < 2 || stages > 8) {
            throw new IllegalArgumentException("2 to 8 stages: " + stages);
        }
        if (slices < 1 || slices > 4 || resident && slices > 1) {
            throw new IllegalArgumentException("1 to 4 slices, and 1 if weights are resident: " + slices);
        }
        if (slices > 1 && tileM * tileN * slices > 64 * 64 * 4) {
            throw new IllegalArgumentException(
                    "registers of " + slices + " warpgroups for " + tileM + "x" + tileN + " do not fit");
        }
    }

    /** One warpgroup. */
    public WgmmaTile(int tileM, int tileN, int stages, boolean resident) {
        this(tileM, tileN, stages, resident, 1);
    }

    /** A tile is of pixels of the whole batch. */
    @Override
    public long unitsOfImage(KernelSpec.Conv2d conv) {
        return conv.items();
    }

    @Override
    public int unitsOfTile() {
        return tileM;
    }

    @Override
    public int threads() {
        return WARPGROUP * slices;
    }

    /** Many pixels and several taps take more registers, and so does a residual that not all threads have. */
    @Override
    public int blocksByRegisters(KernelSpec.Conv2d conv) {
        if (sums() > 64) {
            return 2;
        }
        if (tileM > 64) {
            boolean partly = conv.output().pitch() % tileN != 0;
            return (conv.residual().isPresent() && partly ? 2 : 3) / slices;
        }
        return (sums() == 64 && conv.window().taps() > 1 ? 3 : 4) / slices;
    }

    @Override
    public int sharedBytes(KernelSpec.Conv2d conv) {
        long weights = (long) (resident ? steps(conv.k()) : stages) * tileN * TILE_K;
        return (int) Math.min(slices * (stages * tileM * TILE_K + weights), Integer.MAX_VALUE);
    }

    @Override
    public String canonicalName() {
        String rest = resident ? "_resident" : slices > 1 ? "_z" + slices : "";
        return "t" + tileM + "x" + tileN + "x" + TILE_K + "_g" + stages + rest;
    }
}
