package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.schedule.HaloTile;
import dev.octet.compiler.schedule.Schedule.Mma8Tile;
import dev.octet.compiler.schedule.Schedule.MmaTile;
import dev.octet.compiler.schedule.WgmmaTile;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;

/** Convolutions on the tensor cores of three generations. */
final class TensorCoreTrials extends Trials {
    TensorCoreTrials(TrialList list) {
        super(list);
    }

    void tensorCores() {
        List<ElementType> types = List.of(U8, U8, S8);
        conv("four taps a step", List.of(S8, S8), extent(7, 7, 3), 16, SAME, MMA_NARROW, 2);
        conv("steps that straddle taps", types, extent(6, 5, 48), 80, SAME, MMA, 3);
        conv("steps that straddle taps of 5 pieces", types, extent(5, 5, 80), 32, SAME, MMA_NARROW, 1);
        conv("steps that straddle taps with gaps", types, extent(9, 7, 48), 80, ATROUS, MMA, 2);
        conv("four taps with gaps a step", List.of(S8, S8), extent(9, 9, 3), 16, ATROUS, MMA_NARROW, 2);
        conv("one piece", List.of(U8, S8), extent(5, 5, 16), 32, POINT, MMA_NARROW, 1);
        conv(
                "steps that straddle taps, lopsided",
                types,
                extent(6, 7, 48),
                17,
                new Window(3, 2, 1, 2, 2, 0, 1, 1),
                MMA,
                2);
        conv("two warps of channels", types, extent(9, 9, 64), 128, SAME, new MmaTile(128, 128, 32, 64, 3), 2);
        conv("32 pixels by 64", types, extent(12, 12, 32), 64, SAME, new MmaTile(128, 64, 32, 64, 4), 1);
        conv("32 pixels by 32", types, extent(9, 9, 64), 31, SAME, new MmaTile(128, 32, 32, 32, 3), 2);
        conv("64 pixels a warp", types, extent(9, 9, 64), 64, POINT, new MmaTile(128, 64, 64, 32, 4), 2);
        conv("extreme values", List.of(U8, S8), extent(3, 3, 512), 64, SAME, MMA, 1);
        conv("extreme signed values", List.of(S8, S8), extent(3, 3, 512), 32, SAME, MMA_NARROW, 1);
        conv("float with residual", List.of(S8, F32, U8), extent(1, 1, 48), 17, POINT, MMA_NARROW, 3);
    }

    void turing() {
        List<ElementType> types = List.of(U8, U8, S8);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        conv("four taps a step", List.of(S8, S8), extent(7, 7, 3), 16, SAME, MMA8_NARROW, 2);
        conv("steps that straddle taps", types, extent(6, 5, 48), 80, SAME, MMA8, 3);
        conv("one piece", List.of(U8, S8), extent(5, 5, 16), 32, POINT, MMA8_NARROW, 1);
        conv("two steps", List.of(U8, U8), extent(5, 5, 128), 32, POINT, MMA8_NARROW, 3);
        conv("steps that straddle taps, lopsided", types, extent(6, 7, 48), 17, lopsided, MMA8, 2);
        conv("two warps of channels", types, extent(9, 9, 64), 128, SAME, new Mma8Tile(128, 128, 32, 64), 2);
        conv("32 pixels by 32", types, extent(12, 12, 32), 64, SAME, new Mma8Tile(128, 64, 32, 32), 1);
        conv("one warp of channels", types, extent(9, 9, 64), 31, SAME, new Mma8Tile(128, 32, 32, 32), 2);
        conv("64 pixels a warp", types, extent(9, 9, 64), 64, POINT, new Mma8Tile(128, 64, 64, 32), 2);
        conv("dilated", types, extent(9, 8, 48), 48, ATROUS, MMA8, 2);
        conv("extreme values", List.of(U8, S8), extent(3, 3, 512), 64, SAME, MMA8, 1);
        conv("extreme signed values", List.of(S8, S8), extent(3, 3, 512), 32, SAME, MMA8_NARROW, 1);
        conv("float with residual", List.of(S8, F32, U8), extent(1, 1, 48), 17, POINT, MMA8_NARROW, 3);
    }

    /** Steps, tiles and residuals on Hopper: weights that stay and weights that come with every step. */
    void warpgroups() {
        List<ElementType> types = List.of(U8, S8, U8);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        Window strided = new Window(1, 1, 2, 2, 0, 0, 0, 0);
        for (int[] extents : new int[][] {{32, 64}, {64, 64}, {128, 64}, {64, 128}, {128, 128}}) {
            int tileN = extents[1];
            for (boolean resident : new boolean[] {true, false}) {
                WgmmaTile tile = new WgmmaTile(extents[0], tileN, resident ? 3 : 2, resident);
                String title = "warpgroup of " + extents[0] + "x" + tileN + (resident ? " that stays" : "") + ": ";
                conv(title + "one step", types, extent(9, 9, 64), tileN, POINT, tile, 3);
                conv(title + "part of a step", types, extent(5, 9, 16), tileN + 17, POINT, tile, 3);
                conv(title + "steps that straddle taps", types, extent(7, 9, 48), 80, SAME, tile, 2);
                conv(title + "gaps", List.of(S8, U8), extent(9, 7, 48), 33, ATROUS, tile, 3);
                conv(title + "stride", List.of(S8, S8, S8), extent(15, 13, 144), 64, strided, tile, 2);
                conv(title + "lopsided", List.of(U8, U8, S8), extent(6, 7, 32), 10, lopsided, tile, 2);
                conv(title + "extreme values", List.of(U8, S8), extent(3, 3, 64), 64, SAME, tile, 1);
                conv(title + "float with residual", List.of(S8, F32, U8), extent(1, 1, 48), 17, POINT, tile, 70);
            }
        }
        for (WgmmaTile tile : List.of(
                new WgmmaTile(64, 64, 3, false, 2),
                new WgmmaTile(32, 64, 3, false, 4),
                new WgmmaTile(64, 128, 3, false, 2))) {
            String title = tile.slices() + " warpgroups: ";
            conv(title + "unequal shares", types, extent(9, 9, 64), 48, SAME, tile, 1);
            conv(title + "one step each", List.of(S8, S8), extent(5, 9, 128 * tile.slices()), 40, POINT, tile, 2);
            conv(title + "float", List.of(S8, F32, U8), extent(1, 1, 512), 17, POINT, tile, 70);
        }
        halos();
        conv("four stages", types, extent(9, 9, 128), 64, SAME, new WgmmaTile(64, 64, 4, false), 2);
        conv("extreme signed values", List.of(S8, S8), extent(3, 3, 512), 64, SAME, new WgmmaTile(64, 64, 4, false), 1);
    }

    /** Tiles whose input serves all taps: one plane, planes in pairs, halves of products, tiles that hang over the image. */
    void halos() {
        List<ElementType> types = List.of(U8, S8, U8);
        Window lopsided = new Window(3, 2, 1, 1, 2, 0, 1, 1);
        Window large = new Window(5, 7, 1, 1, 2, 3, 2, 3);
        for (int[] extents : new int[][] {{4, 64}, {8, 64}, {14, 64}, {4, 128}, {8, 128}, {14, 128}}) {
            HaloTile tile = new HaloTile(extents[0], extents[1]);
            String title = "tile of " + extents[0] + " rows by " + extents[1] + " with a halo: ";
            conv(title + "one plane", types, extent(15, 9, 16), extents[1], SAME, tile, 3);
            conv(title + "one plane, no padding", List.of(S8, S8), extent(9, 19, 10), 80, lopsided, tile, 2);
            conv(title + "two planes", List.of(U8, U8, S8), extent(9, 17, 32), extents[1] + 17, lopsided, tile, 2);
            conv(title + "large window", List.of(S8, U8), extent(6, 7, 32), 33, large, tile, 2);
            conv(title + "four planes, extreme values", List.of(U8, S8), extent(7, 5, 64), 64, SAME, tile, 1);
            conv(title + "float with residual", List.of(S8, F32, U8), extent(5, 6, 32), 17, SAME, tile, 2);
        }
    }

    /** Blocks that walk over tiles of several planes, images of an odd number, so that there are few blocks. */
    void walksWithHalos() {
        for (HaloTile tile : List.of(new HaloTile(4, 64), new HaloTile(14, 64), new HaloTile(8, 128))) {
            String title = tile.canonicalName() + " on its way: ";
            conv(title + "two planes", List.of(S8, S8), extent(15, 19, 32), 80, SAME, tile, 3);
            conv(title + "four planes", List.of(U8, S8, U8), extent(9, 17, 64), 33, SAME, tile, 3);
        }
    }

    /** Warpgroups that share the steps of a tile have more of them than they have room for. */
    void warpgroupsThatComeRound() {
        WgmmaTile tile = new WgmmaTile(64, 64, 3, false, 2);
        conv("2 warpgroups: stages filled again", List.of(U8, S8, U8), extent(3, 4, 128), 48, SAME, tile, 2);
        conv("2 warpgroups: stages filled again, signed", List.of(S8, U8), extent(3, 3, 128), 33, SAME, tile, 1);
    }
}
