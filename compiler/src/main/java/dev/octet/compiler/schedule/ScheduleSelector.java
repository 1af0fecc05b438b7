package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatStatistic;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Geometry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses schedules: a pure function of what is computed, for which target, and for how many images. Without tensor
 * cores it takes the largest block that still makes enough blocks to occupy a whole GPU at the largest batch, because
 * larger blocks load fewer bytes for each product; so it does with Turing's, of which no times are known. With those of
 * Ampere and later it takes what {@link MmaCost}, {@link WgmmaCost} or {@link HaloCost}, fitted to times, estimate to be cheapest; a dense layer runs
 * on those of Ampere where {@link DenseCost} expects more of a thread for each result.
 */
public final class ScheduleSelector {
    /** Blocks that occupy a GPU: four on each of 32 multiprocessors, which is a mid-range chip. */
    static final int ENOUGH_BLOCKS = 128;

    /** Blocks of little work, which mostly wait for memory, that occupy a large GPU. */
    static final int ENOUGH_SMALL_BLOCKS = 512;

    private static final int STRIP_THREADS = 128;
    private static final int GROUPED_PIXELS = 4;

    private static final int SLICED_THREADS = 256;
    private static final int FEWEST_SLICES = 4;
    private static final int PIXELS_OF_A_SLICE = 8;

    /** Tiles on tensor cores, largest first; all keep their stages in 48 KiB, which no device refuses. */
    private static final List<Schedule.MmaTile> MMA_TILES = List.of(
            new Schedule.MmaTile(128, 128, 32, 64, 3),
            new Schedule.MmaTile(128, 64, 32, 64, 4),
            new Schedule.MmaTile(64, 128, 32, 64, 4),
            new Schedule.MmaTile(64, 64, 16, 64, 4),
            new Schedule.MmaTile(128, 32, 32, 32, 4),
            new Schedule.MmaTile(64, 32, 16, 32, 4),
            new Schedule.MmaTile(32, 32, 16, 32, 4));

    /**
     * Tiles on the tensor cores of Turing, largest first. The stages of two blocks fit the 64 KiB of a multiprocessor, and
     * warps have as much of a tile as their registers hold, for each operand that one loads then serves more products.
     */
    private static final List<Schedule.Mma8Tile> MMA8_TILES = List.of(
            new Schedule.Mma8Tile(128, 128, 32, 64),
            new Schedule.Mma8Tile(128, 64, 32, 32),
            new Schedule.Mma8Tile(64, 64, 32, 32),
            new Schedule.Mma8Tile(128, 32, 32, 32),
            new Schedule.Mma8Tile(64, 32, 16, 32),
            new Schedule.Mma8Tile(32, 32, 16, 32));

    /** Tiles of warpgroups. */
    private static final List<WgmmaTile> WGMMA_TILES = List.of(
            new WgmmaTile(128, 128, 3, false),
            new WgmmaTile(64, 128, 3, true),
            new WgmmaTile(64, 128, 2, true),
            new WgmmaTile(64, 128, 3, false),
            new WgmmaTile(128, 64, 3, true),
            new WgmmaTile(128, 64, 3, false),
            new WgmmaTile(64, 64, 3, true),
            new WgmmaTile(64, 64, 4, false),
            new WgmmaTile(64, 64, 6, false),
            new WgmmaTile(64, 64, 5, false, 2),
            new WgmmaTile(64, 64, 3, false, 4),
            new WgmmaTile(32, 64, 3, false, 2),
            new WgmmaTile(32, 64, 5, false, 2),
            new WgmmaTile(32, 64, 3, false, 4),
            new WgmmaTile(32, 64, 3, true),
            new WgmmaTile(32, 64, 4, false),
            new WgmmaTile(32, 64, 8, false));

    /** Tiles of warpgroups with a halo. */
    private static final List<HaloTile> HALO_TILES = List.of(
            new HaloTile(14, 128),
            new HaloTile(14, 64),
            new HaloTile(8, 128),
            new HaloTile(8, 64),
            new HaloTile(4, 128),
            new HaloTile(4, 64));

    /** Shared memory of a block so that another fits a multiprocessor of Hopper beside it. */
    private static final int MOST_SHARED = 113 << 10;

    /** Pooled rows of a block, most first; one at least suits each window that {@link PooledConv2d} takes. */
    private static final int[] POOLED_ROWS = {14, 7, 4, 2, 1};

    private static final int POOLED_STRIPS = 2;

    /** Tiles on floats, largest first. */
    private static final List<Schedule.FloatTile> FLOAT_TILES = List.of(
            new Schedule.FloatTile(128, 128, 8, 8),
            new Schedule.FloatTile(128, 64, 8, 8),
            new Schedule.FloatTile(64, 64, 8, 4),
            new Schedule.FloatTile(64, 32, 4, 4),
            new Schedule.FloatTile(32, 32, 4, 4));

    /** Blocks of so many items that clearing and adding up their counters is little. */
    private static final Schedule.Runs STATISTICS = new Schedule.Runs(32, 256);

    private ScheduleSelector() {}

    /**
     * The schedule for a kernel whose program runs up to {@code maxBatch} images: the fastest that was measured, else what
     * {@link #select(KernelSpec, Target, int)} expects to be.
     */
    public static Schedule select(KernelSpec spec, Target target, int maxBatch, TuningLog log) {
        return log.fastest(spec, target, maxBatch, candidates(spec, target))
                .orElseGet(() -> select(spec, target, maxBatch));
    }

    /** The schedule for a kernel whose program runs up to {@code maxBatch} images, if nothing was measured. */
    public static Schedule select(KernelSpec spec, Target target, int maxBatch) {
        if (spec instanceof KernelSpec.Dense dense) {
            return dense(dense, target, maxBatch);
        }
        List<Schedule> candidates = candidates(spec, target);
        if (spec instanceof PooledConv2d pooled) {
            return candidates.stream()
                    .min(Comparator.comparingLong(
                            tile -> PooledCost.clocks(pooled, (Schedule.PooledTile) tile, maxBatch)))
                    .orElseThrow();
        }
        if (usesMma(spec, target)) {
            return cheapest(candidates, new MmaCost((KernelSpec.Conv2d) spec, maxBatch));
        }
        if (usesWgmma(spec, target)) {
            return cheapest(candidates, (KernelSpec.Conv2d) spec, maxBatch);
        }
        return largestOfEnough(candidates, spec, maxBatch);
    }

    private static Schedule.MmaTile cheapest(List<Schedule> candidates, MmaCost cost) {
        return candidates.stream()
                .map(Schedule.MmaTile.class::cast)
                .min(Comparator.comparingLong(cost::clocks))
                .orElseThrow();
    }

    private static Schedule cheapest(List<Schedule> candidates, KernelSpec.Conv2d spec, int batch) {
        WgmmaCost cost = new WgmmaCost(spec, batch);
        HaloCost haloCost = new HaloCost(spec, batch);
        return candidates.stream()
                .min(Comparator.comparingLong(
                        tile -> tile instanceof HaloTile halo ? haloCost.clocks(halo) : cost.clocks((WgmmaTile) tile)))
                .orElseThrow();
    }

    /** A dense layer of few images leaves most rows of a tile empty; of many it would read its weights once for each. */
    private static Schedule dense(KernelSpec.Dense spec, Target target, int maxBatch) {
        KernelSpec.Conv2d conv = spec.asConvolution();
        if (target == Target.SM_90A) {
            return cheapest(wgmmaTiles(conv), conv, maxBatch);
        }
        if (target == Target.SM_80) {
            MmaCost cost = new MmaCost(conv, maxBatch);
            Schedule.MmaTile tile = cheapest(tensorCoreTiles(MMA_TILES, conv), cost);
            if (cost.clocks(tile) < DenseCost.clocks(spec, maxBatch)) {
                return tile;
            }
        }
        return largestOfEnough(perItem(), spec, maxBatch);
    }

    private static Schedule largestOfEnough(List<Schedule> candidates, KernelSpec spec, int maxBatch) {
        for (Schedule schedule : candidates) {
            Geometry geometry = LaunchGeometry.of(spec, schedule);
            if ((long) geometry.gridX(maxBatch) * geometry.gridY() >= enoughBlocks(schedule)) {
                return schedule;
            }
        }
        return candidates.get(candidates.size() - 1);
    }

    private static int enoughBlocks(Schedule schedule) {
        boolean small = schedule instanceof Schedule.Strip || schedule instanceof Schedule.Slices;
        return small ? ENOUGH_SMALL_BLOCKS : ENOUGH_BLOCKS;
    }

    /** All schedules that suit a kernel; without a cost model largest blocks first. */
    public static List<Schedule> candidates(KernelSpec spec, Target target) {
        if (spec instanceof KernelSpec.Depthwise depthwise) {
            return strips(depthwise.output().width(), longestStrip(depthwise.window()));
        }
        if (spec instanceof KernelSpec.Grouped grouped) {
            return strips(grouped.output().width(), GROUPED_PIXELS);
        }
        if (spec instanceof KernelSpec.GlobalAvgPool pool
                && pool.input().pixels() >= FEWEST_SLICES * PIXELS_OF_A_SLICE) {
            return slices(pool.input().pixels() / PIXELS_OF_A_SLICE);
        }
        if (spec instanceof FloatStatistic) {
            return List.of(STATISTICS);
        }
        if (spec instanceof FloatKernel.Conv2d conv && conv.groups() == 1) {
            return FLOAT_TILES.stream()
                    .filter(tile -> tile.tileN() == 32
                            || tile.tileN() < 2 * conv.output().extent().channels())
                    .<Schedule>map(tile -> tile)
                    .toList();
        }
        if (spec instanceof PooledConv2d pooled) {
            return pooledTiles(pooled);
        }
        if (spec instanceof KernelSpec.Dense dense && target == Target.SM_90A) {
            return wgmmaTiles(dense.asConvolution());
        }
        if (spec instanceof KernelSpec.Dense dense && target == Target.SM_80) {
            return Stream.concat(perItem().stream(), tensorCoreTiles(MMA_TILES, dense.asConvolution()).stream())
                    .toList();
        }
        if (!(spec instanceof KernelSpec.Conv2d conv)) {
            return perItem();
        }
        return switch (target) {
            case SM_61 -> dp4aTiles(conv);
            case SM_75 -> tensorCoreTiles(MMA8_TILES, conv);
            case SM_80 -> tensorCoreTiles(MMA_TILES, conv);
            case SM_90A -> conv.readsWords() ? tensorCoreTiles(MMA_TILES, conv) : wgmmaTiles(conv);
        };
    }

    private static boolean usesMma(KernelSpec spec, Target target) {
        boolean words = spec instanceof KernelSpec.Conv2d conv && conv.readsWords();
        return spec instanceof KernelSpec.Conv2d && (target == Target.SM_80 || target == Target.SM_90A && words);
    }

    private static boolean usesWgmma(KernelSpec spec, Target target) {
        return spec instanceof KernelSpec.Conv2d && target == Target.SM_90A && !usesMma(spec, target);
    }

    /** No tile is so wide that a half of it would have no channels. */
    private static List<Schedule> tensorCoreTiles(
            List<? extends Schedule.TensorCoreTile> tiles, KernelSpec.Conv2d conv) {
        int channels = conv.output().channels();
        return tiles.stream()
                .filter(tile -> tile.tileN() == 32 || tile.tileN() < 2 * channels)
                .<Schedule>map(tile -> tile)
                .toList();
    }

    private static List<Schedule> wgmmaTiles(KernelSpec.Conv2d conv) {
        Stream<? extends WarpgroupTile> tiles =
                WGMMA_TILES.stream().filter(tile -> tile.slices() <= tile.steps(conv.k()));
        if (HaloTile.suits(conv)) {
            tiles = Stream.concat(tiles, HALO_TILES.stream());
        }
        return tiles.filter(tile ->
                        tile.tileN() == 64 || tile.tileN() < 2 * conv.output().channels())
                .filter(tile -> !tile.resident() || tile.sharedBytes(conv) <= MOST_SHARED)
                .<Schedule>map(tile -> tile)
                .toList();
    }

    private static List<Schedule> pooledTiles(PooledConv2d spec) {
        return IntStream.of(POOLED_ROWS)
                .mapToObj(rows -> new Schedule.PooledTile(rows, POOLED_STRIPS, spec.warpsOfStrip()))
                .filter(tile -> tile.fits(spec))
                .<Schedule>map(tile -> tile)
                .toList();
    }

    private static List<Schedule> perItem() {
        return List.of(new Schedule.PerItem(256), new Schedule.PerItem(128), new Schedule.PerItem(64));
    }

    /** Few slices of many pixels first. */
    private static List<Schedule> slices(int most) {
        List<Schedule> schedules = new ArrayList<>();
        for (int slices = FEWEST_SLICES; slices <= Math.min(most, SLICED_THREADS); slices *= 4) {
            schedules.add(new Schedule.Slices(slices, SLICED_THREADS));
        }
        return schedules;
    }

    /** Pixels that share what lies under their windows; if not even two can, each loads its own, and any number will do. */
    private static int longestStrip(Window window) {
        return IntStream.iterate(Schedule.Strip.MOST_PIXELS, pixels -> pixels > 1, pixels -> pixels - 1)
                .filter(pixels -> new Schedule.Strip(pixels, STRIP_THREADS).isNarrow(window))
                .findFirst()
                .orElse(Schedule.Strip.MOST_PIXELS);
    }

    /**
     * Strips of equal length as far as possible, the longest first; each has about half the pixels of the one before. Single
     * pixels share nothing, and were no quicker even where an H200 had too few threads.
     */
    private static List<Schedule> strips(int width, int mostPixels) {
        List<Schedule> strips = new ArrayList<>();
        int count = (width + mostPixels - 1) / mostPixels;
        int pixels = (width + count - 1) / count;
        strips.add(new Schedule.Strip(pixels, STRIP_THREADS));
        while (pixels > 2) {
            pixels = (pixels + 1) / 2;
            strips.add(new Schedule.Strip(pixels, STRIP_THREADS));
        }
        return strips;
    }

    /** A step of K must not leave a tap; the last channel tile must not be mostly padding. */
    private static List<Schedule> dp4aTiles(KernelSpec.Conv2d conv) {
        int tileK = conv.input().pitch() % 32 == 0 ? 32 : 16;
        int lanes = (conv.output().pitch() + 15) / 16 * 16;
        if (lanes % 64 == 0) {
            return tiles(64, tileK, new int[] {128, 8, 8}, new int[] {64, 4, 8}, new int[] {32, 4, 4});
        }
        if (lanes % 32 == 0) {
            return tiles(32, tileK, new int[] {128, 4, 8}, new int[] {64, 4, 4}, new int[] {32, 4, 4});
        }
        return tiles(16, tileK, new int[] {128, 4, 4}, new int[] {64, 4, 4}, new int[] {32, 2, 4});
    }

    /** Each shape is tileM, threadM, threadN. */
    private static List<Schedule> tiles(int tileN, int tileK, int[]... shapes) {
        return Stream.of(shapes)
                .<Schedule>map(s -> new Schedule.Dp4aTile(s[0], tileN, tileK, s[1], s[2]))
                .toList();
    }
}
