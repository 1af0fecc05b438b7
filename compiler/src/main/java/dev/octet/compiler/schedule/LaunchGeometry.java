package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.PackSpec;
import java.util.Optional;

/** What a schedule means for a launch: its grid, and the order of its weights. */
public final class LaunchGeometry {
    private LaunchGeometry() {}

    /**
     * The grid of a kernel. Its x extent covers the items of all images of a batch in one row, so a block may span
     * images; its y extent covers channels, where a block computes some of them.
     */
    public static Geometry of(KernelSpec spec, Schedule schedule) {
        if (schedule instanceof Schedule.Dp4aTile tile && spec instanceof KernelSpec.Conv2d conv) {
            int channelTiles = (conv.output().pitch() + tile.tileN() - 1) / tile.tileN();
            return Geometry.of(conv.items(), tile.tileM(), channelTiles, tile.threads());
        }
        if (schedule instanceof Schedule.TensorCoreTile tile && spec instanceof KernelSpec.Conv2d conv) {
            int channelTiles = (conv.output().pitch() + tile.tileN() - 1) / tile.tileN();
            return Geometry.of(conv.items(), tile.tileM(), channelTiles, tile.threads());
        }
        if (schedule instanceof WarpgroupTile tile && spec instanceof KernelSpec.Conv2d conv) {
            return hopper(conv, tile);
        }
        if ((schedule instanceof Schedule.TensorCoreTile || schedule instanceof WarpgroupTile)
                && spec instanceof KernelSpec.Dense dense) {
            return of(dense.asConvolution(), schedule);
        }
        if (schedule instanceof Schedule.PooledTile tile && spec instanceof PooledConv2d pooled) {
            int down = (pooled.output().height() + tile.rows() - 1) / tile.rows();
            int columns = tile.columns(pooled.pool());
            int across = (pooled.output().width() + columns - 1) / columns;
            return Geometry.of((long) down * across, 1, 1, tile.threads());
        }
        if (schedule instanceof Schedule.Strip strip) {
            return Geometry.of((long) spec.items() * strip.strips(width(spec)), strip.threads(), 1, strip.threads());
        }
        if (schedule instanceof Schedule.Runs runs) {
            return Geometry.of(spec.items(), runs.items(), 1, runs.threads());
        }
        if (schedule instanceof Schedule.Slices slices) {
            return Geometry.of(spec.items(), slices.items(), 1, slices.threads());
        }
        if (schedule instanceof Schedule.FloatTile tile && spec instanceof FloatKernel.Conv2d conv) {
            int channelTiles = (channels(conv) + tile.tileN() - 1) / tile.tileN();
            return Geometry.of(conv.items(), tile.tileM(), channelTiles, tile.threads());
        }
        return Geometry.of(spec.items(), schedule.threads(), 1, schedule.threads());
    }

    /** The order in which a kernel wants its weights; empty if it has none. */
    public static Optional<PackSpec> packing(KernelSpec spec, Schedule schedule) {
        if (schedule instanceof Schedule.Dp4aTile tile) {
            return Optional.of(new PackSpec.Dp4aTiles(tile.tileN(), tile.tileK()));
        }
        if (schedule instanceof Schedule.TensorCoreTile tile) {
            return Optional.of(new PackSpec.MmaTiles(tile.tileN(), Schedule.TensorCoreTile.TILE_K, tile.warpN()));
        }
        if (schedule instanceof WarpgroupTile tile) {
            return Optional.of(new PackSpec.WgmmaTiles(tile.tileN(), WarpgroupTile.TILE_K));
        }
        if (spec instanceof PooledConv2d pooled) {
            return Optional.of(new PackSpec.PixelFragments(pooled.window().kernelW(), pooled.group()));
        }
        if (schedule instanceof Schedule.FloatTile tile) {
            return Optional.of(new PackSpec.FloatTiles(tile.tileN(), Schedule.FloatTile.TILE_K));
        }
        if (spec instanceof FloatKernel.Conv2d conv) {
            return Optional.of(
                    new PackSpec.FloatTiles(ChannelMap.ofFloats(channels(conv)).pitch(), 1));
        }
        if (spec instanceof KernelSpec.Depthwise) {
            return Optional.of(new PackSpec.Lanes());
        }
        if (spec instanceof KernelSpec.Grouped grouped && grouped.isOfWords()) {
            return Optional.of(new PackSpec.Dp4aTiles(4, 4));
        }
        boolean rows = spec instanceof KernelSpec.Dense || spec instanceof KernelSpec.Grouped;
        return rows ? Optional.of(new PackSpec.Rows()) : Optional.empty();
    }

    private static Geometry hopper(KernelSpec.Conv2d conv, WarpgroupTile tile) {
        int channelTiles = (conv.output().pitch() + tile.tileN() - 1) / tile.tileN();
        return new Geometry(
                tile.unitsOfImage(conv),
                tile.unitsOfTile(),
                channelTiles,
                tile.threads(),
                tile.sharedBytes(conv),
                1,
                true,
                tile.resident() ? WgmmaCost.blocksAtOnce(conv, tile, channelTiles) : Geometry.UNLIMITED);
    }

    /** Output columns of what is divided into strips. */
    private static int width(KernelSpec spec) {
        return spec instanceof KernelSpec.Depthwise depthwise
                ? depthwise.output().width()
                : ((KernelSpec.Grouped) spec).output().width();
    }

    private static int channels(FloatKernel.Conv2d conv) {
        return conv.output().extent().channels();
    }
}
