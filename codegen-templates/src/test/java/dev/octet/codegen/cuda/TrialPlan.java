package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.codegen.cuda.Operands.words;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.HaloTile;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.Schedule.Dp4aTile;
import dev.octet.compiler.schedule.Schedule.Mma8Tile;
import dev.octet.compiler.schedule.Schedule.MmaTile;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.compiler.schedule.WgmmaTile;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Which kernels are tried on the host, with which batches. */
public final class TrialPlan {
    private static final int RANDOM_CONVOLUTIONS = 24;
    private static final int RANDOM_CONVOLUTIONS_ON_TURING = 12;
    private static final int RANDOM_CONVOLUTIONS_OF_WORDS = 24;
    private static final int RANDOM_POOLED_CONVOLUTIONS = 24;
    private static final Dp4aTile SMALL = new Dp4aTile(32, 32, 16, 4, 4);
    private static final Dp4aTile WIDER = new Dp4aTile(32, 64, 32, 4, 8);
    private static final MmaTile MMA = new MmaTile(64, 64, 16, 64, 4);
    private static final MmaTile MMA_NARROW = new MmaTile(32, 32, 16, 32, 4);
    private static final Mma8Tile MMA8 = new Mma8Tile(64, 64, 32, 32);
    private static final Mma8Tile MMA8_NARROW = new Mma8Tile(32, 32, 16, 32);
    private static final Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);
    private static final Window WIDE = new Window(5, 8, 1, 3, 2, 4, 2, 3);
    private static final Window ATROUS = new Window(3, 3, 1, 1, 2, 2, new Border(2, 2, 2, 2));

    private final long seed;
    private final List<KernelTrial> trials = new ArrayList<>();

    private TrialPlan(long seed) {
        this.seed = seed;
    }

    private void add(String title, KernelSpec spec, Schedule schedule, int batch) {
        add(title, spec, schedule, target(schedule), batch);
    }

    private static Target target(Schedule schedule) {
        if (schedule instanceof WarpgroupTile) {
            return Target.SM_90A;
        }
        if (schedule instanceof MmaTile) {
            return Target.SM_80;
        }
        return schedule instanceof Mma8Tile ? Target.SM_75 : Target.SM_61;
    }

    private void add(String title, KernelSpec spec, Schedule schedule, Target target, int batch) {
        Operands operands = new Operands(seed * 31 + trials.size(), title.contains("extreme"));
        trials.add(KernelTrial.of(new KernelTrial.Request(title, spec, schedule, target, batch, operands)));
    }

    /** Every example of every row of the catalogue, the schedules that the compiler may choose taking turns. */
    public static List<KernelTrial> catalogue(long seed) {
        TrialPlan plan = new TrialPlan(seed);
        for (KernelCatalog.Row row : KernelCatalog.rows()) {
            for (KernelSpec spec : row.examples()) {
                List<Schedule> schedules = ScheduleSelector.candidates(spec, row.target());
                int number = plan.trials.size();
                Schedule schedule = schedules.get(number % schedules.size());
                plan.add(row.toString(), spec, schedule, row.target(), 1 + number % 3);
            }
        }
        return plan.trials;
    }

    private void conv(
            String title, List<ElementType> types, Extent in, int channels, Window w, Schedule tile, int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        add(title, LayerTrials.spec(types.get(0), types.get(1), in, channels, w, residual), tile, batch);
    }

    /** Convolutions at the edges of tiles, images and types, and random ones. */
    public static List<KernelTrial> convolutions(long seed) {
        TrialPlan plan = new TrialPlan(seed);
        plan.channelsAndTypes();
        plan.windows();
        plan.tiles();
        plan.tensorCores();
        plan.warpgroups();
        plan.depthwiseConvolutions();
        plan.groupedConvolutions();
        for (int i = 0; i < RANDOM_CONVOLUTIONS; i++) {
            plan.randomConvolution(new Random(seed + i), TrialPlan::tiles);
            plan.randomStrip(new Random(seed + i));
        }
        plan.turing();
        for (int i = 0; i < RANDOM_CONVOLUTIONS_ON_TURING; i++) {
            plan.randomConvolution(new Random(seed - 1 - i), input -> List.of(MMA8, MMA8_NARROW));
        }
        plan.pixelsOfWords();
        for (int i = 0; i < RANDOM_CONVOLUTIONS_OF_WORDS; i++) {
            plan.randomConvolutionOfWords(new Random(seed + 100 + i));
        }
        plan.pooledConvolutions();
        for (int i = 0; i < RANDOM_POOLED_CONVOLUTIONS; i++) {
            plan.randomPooledConvolution(new Random(seed + 200 + i));
        }
        plan.warpgroupsThatComeRound();
        return plan.trials;
    }

    private void channelsAndTypes() {
        conv("signed", List.of(S8, S8), extent(7, 7, 16), 16, SAME, SMALL, 1);
        conv("unsigned", List.of(U8, U8), extent(7, 7, 16), 16, SAME, SMALL, 2);
        conv("one channel in, ten out", List.of(S8, U8), extent(6, 5, 1), 10, SAME, SMALL, 3);
        conv("one channel more than 16", List.of(U8, S8), extent(6, 5, 17), 17, SAME, SMALL, 3);
        conv("three channel tiles", List.of(U8, S8), extent(5, 5, 48), 80, SAME, SMALL, 1);
        conv("signed residual", List.of(S8, U8, S8), extent(6, 6, 32), 48, SAME, WIDER, 2);
        conv("unsigned residual", List.of(U8, S8, U8), extent(6, 6, 32), 10, SAME, SMALL, 3);
        conv("extreme values", List.of(U8, S8), extent(3, 3, 512), 16, SAME, WIDER, 1);
        conv("extreme signed values", List.of(S8, S8), extent(3, 3, 512), 16, SAME, WIDER, 1);
        conv("float with residual", List.of(S8, F32, U8), extent(1, 1, 48), 17, POINT, SMALL, 3);
    }

    private void windows() {
        Window strided = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        Window wide = new Window(1, 7, 1, 1, 0, 3, 0, 3);
        Window tall = new Window(5, 1, 3, 1, 0, 0, 4, 0);
        Window valid = new Window(3, 3, 2, 1, 0, 0, 0, 0);
        Window gaps = new Window(2, 3, 2, 1, 4, 3, new Border(1, 0, 3, 5));
        Window sparse = new Window(3, 2, 1, 1, 3, 2, Border.NONE);
        Window all = new Window(4, 4, 1, 1, 0, 0, 0, 0);
        conv("stride 2", List.of(U8, U8), extent(9, 8, 32), 32, strided, WIDER, 2);
        conv("padding unlike on all sides", List.of(S8, S8), extent(7, 9, 10), 16, lopsided, SMALL, 2);
        conv("1x7", List.of(S8, S8), extent(4, 9, 16), 16, wide, SMALL, 1);
        conv("5x1", List.of(U8, S8), extent(9, 4, 48), 16, tall, SMALL, 1);
        conv("no padding", List.of(U8, U8), extent(7, 7, 32), 16, valid, WIDER, 1);
        conv("whole input", List.of(U8, F32), extent(4, 4, 16), 10, all, SMALL, 3);
        conv("dilation 2", List.of(U8, S8, U8), extent(9, 9, 32), 32, ATROUS, WIDER, 2);
        conv("dilation 2 of three-piece pixels", List.of(S8, S8), extent(7, 8, 48), 16, ATROUS, SMALL, 1);
        conv("dilation unlike", List.of(U8, U8), extent(9, 13, 16), 16, gaps, SMALL, 3);
        conv("dilation without padding", List.of(U8, U8), extent(9, 13, 16), 16, sparse, SMALL, 1);
        conv("input smaller than the window", List.of(S8, S8), extent(1, 1, 16), 16, SAME, SMALL, 3);
        conv("1x1", List.of(S8, U8, S8), extent(5, 5, 64), 64, POINT, WIDER, 3);
        conv("1x1, one step", List.of(U8, U8), extent(6, 6, 16), 32, POINT, SMALL, 1);
    }

    private void tiles() {
        List<ElementType> types = List.of(U8, U8, S8);
        Dp4aTile uneven = new Dp4aTile(128, 96, 32, 8, 8);
        conv("two vectors a thread", types, extent(12, 12, 64), 128, SAME, new Dp4aTile(128, 128, 32, 8, 8), 1);
        conv("16 channels a thread", types, extent(9, 9, 32), 48, SAME, new Dp4aTile(64, 64, 32, 4, 16), 1);
        conv("2 pixels a thread", types, extent(9, 9, 16), 32, SAME, new Dp4aTile(32, 64, 16, 2, 8), 1);
        conv("1 pixel a thread", types, extent(5, 5, 32), 32, SAME, new Dp4aTile(16, 32, 32, 1, 8), 1);
        conv("threads that copy unequal shares", types, extent(5, 5, 32), 96, SAME, uneven, 3);
    }

    private void tensorCores() {
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

    /** Steps, tiles and residuals on Hopper: weights that stay and weights that come with every step. */
    private void warpgroups() {
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
    private void halos() {
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

    /** Warpgroups that share the steps of a tile have more of them than they have room for. */
    private void warpgroupsThatComeRound() {
        WgmmaTile tile = new WgmmaTile(64, 64, 3, false, 2);
        conv("2 warpgroups: stages filled again", List.of(U8, S8, U8), extent(3, 4, 128), 48, SAME, tile, 2);
        conv("2 warpgroups: stages filled again, signed", List.of(S8, U8), extent(3, 3, 128), 33, SAME, tile, 1);
    }

    /** Inputs of few channels on all targets. */
    private void pixelsOfWords() {
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Window lopsided = new Window(5, 3, 1, 2, 4, 0, 1, 2);
        List<Schedule> tiles =
                List.of(SMALL, WIDER, new Dp4aTile(128, 64, 16, 8, 8), MMA, MMA_NARROW, MMA8, MMA8_NARROW);
        for (Schedule tile : tiles) {
            conv("stem", List.of(S8, U8), words(15, 13, 3), 40, stem, tile, 2);
            conv("stem of one channel, extreme", List.of(U8, S8, U8), words(9, 8, 1), 36, SAME, tile, 3);
            conv("lopsided window of words", List.of(S8, S8, S8), words(6, 9, 4), 33, lopsided, tile, 1);
            conv("words with gaps", List.of(U8, U8), words(11, 9, 3), 64, ATROUS, tile, 2);
            conv("16 taps of words", List.of(S8, S8), words(8, 8, 2), 64, new Window(4, 4, 4, 4, 0, 0, 0, 0), tile, 3);
            conv(
                    "whole input of words",
                    List.of(S8, F32),
                    words(5, 4, 3),
                    20,
                    new Window(5, 4, 1, 1, 0, 0, 0, 0),
                    tile,
                    3);
            conv("a word a pixel", List.of(U8, U8, S8), words(5, 5, 3), 48, POINT, tile, 2);
        }
    }

    private void randomConvolutionOfWords(Random random) {
        List<Schedule> tiles = List.of(SMALL, WIDER, MMA, MMA_NARROW, MMA8, MMA8_NARROW);
        Window window = randomWindow(random);
        Extent input =
                words(window.spanH() + random.nextInt(9), window.spanW() + random.nextInt(9), 1 + random.nextInt(4));
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextInt(4) > 0 ? Optional.empty() : Optional.of(in);
        KernelSpec.Conv2d spec = LayerTrials.spec(in, out, input, 1 + random.nextInt(70), window, residual);
        add("random words", spec, tiles.get(random.nextInt(tiles.size())), 1 + random.nextInt(4));
    }

    /** Edges of blocks, and pixels of the convolution that lie beyond its result, where all that counts is below zero. */
    private void pooledConvolutions() {
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Window half = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window ceiling = new Window(3, 3, 2, 2, 0, 0, 1, 1);
        Window apart = new Window(2, 2, 2, 2, 0, 0, 0, 0);
        Window mixed = new Window(2, 3, 2, 2, 1, 2, 1, 2);
        pooled("stem", LayerTrials.pooled(S8, U8, words(37, 45, 3), 64, stem, half), 2);
        pooled("stem, extreme", LayerTrials.pooled(U8, S8, words(31, 33, 3), 64, stem, half), 1);
        pooled("two rows a step", LayerTrials.pooled(S8, U8, words(35, 33, 3), 32, half, ceiling), 3);
        pooled("no overlap", LayerTrials.pooled(U8, S8, words(12, 20, 4), 17, SAME, apart), 2);
        pooled("overlap across", LayerTrials.pooled(S8, S8, words(9, 36, 1), 48, SAME, mixed), 2);
        pooled("wide filters", LayerTrials.pooled(S8, S8, words(16, 20, 2), 10, WIDE, half), 2);
    }

    private void pooled(String title, PooledConv2d spec, int batch) {
        ScheduleSelector.candidates(spec, Target.SM_80).forEach(tile -> add(title, spec, tile, Target.SM_80, batch));
    }

    private void randomPooledConvolution(Random random) {
        Window window = randomWindow(random, 8, 1);
        Window pool = randomPooling(random);
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        int height = window.spanH() + window.strideH() * (pool.kernelH() + random.nextInt(20));
        int width = window.spanW() + window.strideW() * (pool.kernelW() + random.nextInt(20));
        Extent input = words(height, width, 1 + random.nextInt(4));
        PooledConv2d spec = LayerTrials.pooled(in, out, input, 1 + random.nextInt(64), window, pool);
        List<Schedule> tiles = ScheduleSelector.candidates(spec, Target.SM_80);
        Schedule tile = tiles.get(random.nextInt(tiles.size()));
        add("random pooled", spec, tile, Target.SM_80, 1 + random.nextInt(3));
    }

    private static Window randomPooling(Random random) {
        int rows = 2 + random.nextInt(2);
        int columns = 2 + random.nextInt(2);
        return new Window(
                rows,
                columns,
                2,
                2,
                random.nextInt(rows),
                random.nextInt(columns),
                random.nextInt(rows),
                random.nextInt(columns));
    }

    private void depthwise(String title, List<ElementType> types, Extent in, Window w, int pixels, int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        add(
                title,
                LayerTrials.depthwise(types.get(0), types.get(1), in, w, residual),
                new Schedule.Strip(pixels, 64),
                batch);
    }

    private void depthwiseConvolutions() {
        Window strided = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window wide = new Window(5, 5, 1, 1, 2, 2, 2, 2);
        Window lopsided = new Window(4, 3, 1, 2, 3, 0, 1, 2);
        Window gaps = new Window(2, 3, 2, 2, 3, 3, new Border(1, 4, 3, 2));
        Window sparse = new Window(2, 2, 3, 3, 0, 0, 0, 0);
        for (int rows = 1; rows <= 8; rows++) {
            Window tall = new Window(rows, 2, 1, 1, rows - 1, 1, 0, 0);
            depthwise(rows + " rows of taps", List.of(U8, S8), extent(9, 7, 10), tall, 4, 2);
        }
        depthwise("3x3", List.of(U8, U8, S8), extent(7, 16, 32), SAME, 8, 2);
        depthwise("3x3 in unequal strips", List.of(S8, U8, U8), extent(7, 10, 33), SAME, 7, 3);
        depthwise("3x3, stride 2", List.of(U8, U8), extent(9, 15, 16), strided, 4, 2);
        depthwise("5x5", List.of(S8, S8), extent(6, 14, 17), wide, 7, 1);
        depthwise("5x5 a pixel", List.of(U8, U8), extent(6, 5, 16), wide, 1, 1);
        depthwise("lopsided", List.of(S8, S8, S8), extent(7, 9, 10), lopsided, 3, 2);
        depthwise("gaps", List.of(U8, S8), extent(9, 13, 16), gaps, 4, 2);
        depthwise("columns that no window meets", List.of(U8, S8), extent(9, 13, 16), sparse, 3, 2);
        depthwise("normalisation", List.of(S8, U8), extent(5, 7, 40), POINT, 4, 3);
        depthwise("extreme values", List.of(U8, S8), extent(8, 8, 16), wide, 8, 1);
        depthwise("extreme signed values", List.of(S8, S8), extent(8, 8, 16), wide, 8, 1);
        depthwise(
                "window of many columns", List.of(S8, U8), extent(6, 11, 5), new Window(3, 8, 1, 1, 1, 4, 1, 3), 5, 2);
        depthwise("whole input", List.of(U8, F32), extent(4, 4, 18), new Window(4, 4, 1, 1, 0, 0, 0, 0), 1, 3);
    }

    private void grouped(
            String title,
            List<ElementType> types,
            Extent in,
            int channels,
            int groups,
            Window w,
            int pixels,
            int batch) {
        grouped(title, types, in, channels, groups, w, pixels, Target.SM_61, batch);
    }

    private void grouped(
            String title,
            List<ElementType> types,
            Extent in,
            int channels,
            int groups,
            Window w,
            int pixels,
            Target target,
            int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        add(
                title,
                LayerTrials.grouped(types.get(0), types.get(1), in, channels, w, groups, residual),
                new Schedule.Strip(pixels, 64),
                target,
                batch);
    }

    private void groupedConvolutions() {
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        grouped("groups of words", List.of(U8, U8, S8), extent(6, 7, 32), 32, 8, SAME, 4, 2);
        grouped("groups of 20 to 4", List.of(S8, S8), extent(6, 7, 40), 8, 2, lopsided, 3, 2);
        grouped("groups of 4 to 24", List.of(S8, U8, U8), extent(5, 5, 8), 48, 2, ATROUS, 2, 1);
        grouped("two filters a channel", List.of(U8, S8), extent(6, 7, 17), 34, 17, SAME, 4, 2);
        grouped("groups of 5 to 3", List.of(S8, U8), extent(5, 7, 15), 9, 3, lopsided, 4, 3);
        grouped("groups of 4 to 2", List.of(U8, U8, U8), extent(4, 9, 12), 6, 3, POINT, 3, 1);
        grouped("extreme values", List.of(U8, S8), extent(3, 5, 256), 16, 2, SAME, 4, 1);
        grouped("extreme odd values", List.of(S8, S8), extent(3, 5, 129), 3, 3, SAME, 4, 1);
    }

    /** Convolutions with groups of two channels, for every target: a compiler may make dot products of halves of them. */
    public static List<KernelTrial> groupsOfTwo(long seed) {
        TrialPlan plan = new TrialPlan(seed);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        for (Target target : Target.values()) {
            plan.grouped("groups of 2 to 4", List.of(S8, S8), extent(5, 7, 16), 32, 8, SAME, 4, target, 2);
            plan.grouped("groups of 2 to 2", List.of(U8, U8, S8), extent(6, 7, 10), 10, 5, lopsided, 3, target, 3);
            plan.grouped("extreme groups of 2", List.of(U8, S8), extent(3, 5, 256), 128, 128, SAME, 4, target, 1);
            plan.grouped("extreme groups of 2", List.of(S8, U8), extent(3, 5, 64), 64, 32, POINT, 2, target, 1);
        }
        return plan.trials;
    }

    private void randomStrip(Random random) {
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        ElementType other = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextBoolean() ? Optional.of(other) : Optional.empty();
        Window window = randomWindow(random);
        Schedule strip = new Schedule.Strip(1 + random.nextInt(8), 64);
        int groups = 2 + random.nextInt(6);
        int groupIn = 1 + random.nextInt(9);
        Extent input =
                extent(window.spanH() + random.nextInt(8), window.spanW() + random.nextInt(12), groups * groupIn);
        KernelSpec spec = random.nextInt(3) > 0
                ? LayerTrials.depthwise(in, out, input, window, residual)
                : LayerTrials.grouped(in, out, input, groups * (1 + random.nextInt(9)), window, groups, residual);
        add("random", spec, strip, 1 + random.nextInt(4));
    }

    private void turing() {
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

    private void randomConvolution(Random random, Function<Extent, List<Schedule>> suitable) {
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        ElementType other = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextBoolean() ? Optional.of(other) : Optional.empty();
        Window window = randomWindow(random);
        Extent input =
                extent(window.spanH() + random.nextInt(8), window.spanW() + random.nextInt(8), 1 + random.nextInt(70));
        List<Schedule> tiles = suitable.apply(input);
        Schedule tile = tiles.get(random.nextInt(tiles.size()));
        KernelSpec.Conv2d spec = LayerTrials.spec(in, out, input, 1 + random.nextInt(70), window, residual);
        add("random", spec, tile, 1 + random.nextInt(4));
    }

    private static List<Schedule> tiles(Extent input) {
        List<Schedule> tiles = new ArrayList<>(List.of(SMALL, new Dp4aTile(64, 32, 16, 8, 4), MMA, MMA_NARROW));
        if (input.pitch() % 32 == 0) {
            tiles.addAll(List.of(new Dp4aTile(64, 64, 32, 8, 8), new Dp4aTile(32, 16, 32, 2, 4)));
        }
        return tiles;
    }

    private static Window randomWindow(Random random) {
        return randomWindow(random, 4, 2);
    }

    private static Window randomWindow(Random random, int largest, int mostDilation) {
        int rows = 1 + random.nextInt(largest);
        int columns = 1 + random.nextInt(largest);
        int dilationH = 1 + random.nextInt(mostDilation);
        int dilationW = 1 + random.nextInt(mostDilation);
        int spanH = (rows - 1) * dilationH + 1;
        int spanW = (columns - 1) * dilationW + 1;
        Border padding =
                new Border(random.nextInt(spanH), random.nextInt(spanW), random.nextInt(spanH), random.nextInt(spanW));
        return new Window(rows, columns, 1 + random.nextInt(3), 1 + random.nextInt(3), dilationH, dilationW, padding);
    }

    /** The other families at the edges of vectors, images and types. */
    public static List<KernelTrial> others(long seed) {
        TrialPlan plan = new TrialPlan(seed);
        plan.denseLayers();
        plan.pools();
        plan.slicedPools();
        plan.conversions();
        plan.windowMeans();
        plan.gatesAndTables();
        plan.movements();
        return plan.trials;
    }

    private void dense(String title, List<ElementType> types, int k, int channels, int batch) {
        Extent output = types.get(1).isInteger() ? extent(1, 1, channels) : new Extent(1, 1, channels, channels);
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        KernelSpec spec = new KernelSpec.Dense(types.get(0), types.get(1), k, output, residual);
        add(title, spec, new Schedule.PerItem(32), batch);
    }

    private void denseLayers() {
        dense("logits", List.of(U8, F32), 64, 10, 3);
        dense("signed logits", List.of(S8, F32), 784, 17, 2);
        dense("one of everything", List.of(U8, F32), 16, 1, 1);
        dense("padding lanes", List.of(U8, U8), 48, 10, 3);
        dense("no padding lanes", List.of(S8, S8), 48, 48, 3);
        dense("unsigned residual", List.of(S8, U8, U8), 32, 17, 2);
        dense("signed residual to float", List.of(U8, F32, S8), 32, 17, 2);
        dense("extreme values", List.of(U8, S8), 4096, 10, 1);
    }

    private void maxPool(String title, ElementType type, Extent input, Window w, int batch) {
        Extent output = extent(w.outHeight(input.height()), w.outWidth(input.width()), input.channels());
        add(title, new KernelSpec.MaxPool(type, input, output, w), new Schedule.PerItem(64), batch);
    }

    private void avgPool(String title, ElementType in, ElementType out, Extent input, int batch) {
        add(title, new KernelSpec.GlobalAvgPool(in, out, input), new Schedule.PerItem(32), batch);
    }

    private void slicedPool(ElementType in, ElementType out, Extent input, Schedule slices, int batch) {
        add("mean of slices", new KernelSpec.GlobalAvgPool(in, out, input), slices, batch);
    }

    private void slicedPools() {
        slicedPool(S8, S8, extent(7, 7, 17), new Schedule.Slices(4, 64), 3);
        slicedPool(U8, S8, extent(5, 13, 40), new Schedule.Slices(8, 64), 1);
        slicedPool(U8, U8, extent(3, 3, 16), new Schedule.Slices(32, 64), 3); // slices without pixels
        slicedPool(S8, S8, extent(9, 9, 64), new Schedule.Slices(64, 64), 2);
        slicedPool(U8, U8, extent(4, 9, 48), new Schedule.Slices(2, 64), 5);
    }

    private void pools() {
        Window overlapping = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window lopsided = new Window(5, 2, 1, 3, 4, 0, 2, 1);
        maxPool("overlapping", S8, extent(9, 9, 17), overlapping, 3);
        maxPool("overlapping", U8, extent(9, 8, 17), overlapping, 1);
        maxPool("apart", U8, extent(7, 7, 48), new Window(2, 2, 2, 2, 0, 0, 0, 0), 2);
        maxPool("extreme, unlike on all sides", S8, extent(6, 7, 10), lopsided, 2);
        for (int channels : new int[] {1, 10, 15, 16, 17, 31, 48}) {
            avgPool("mean", S8, S8, extent(7, 7, channels), 2);
            avgPool("mean", U8, S8, extent(5, 3, channels), 3);
        }
        avgPool("extreme mean", U8, U8, extent(16, 17, 16), 1);
    }

    private void floats(Extent input, int batch) {
        Extent output = extent(input.height(), input.width(), input.channels());
        add("float input", new KernelSpec.QuantizeFloat(input, output), new Schedule.PerItem(32), batch);
    }

    private void conversions() {
        Schedule schedule = new Schedule.PerItem(32);
        for (ElementType x : List.of(S8, U8)) {
            for (ElementType y : List.of(S8, U8)) {
                add("sum", new KernelSpec.Add(x, y, y == x ? S8 : U8, 16 * 37), schedule, 3);
                add("scale", new KernelSpec.Rescale(x, y, 16 * 33), schedule, 1);
            }
            for (int channels : new int[] {1, 10, 16, 17}) {
                add("floats", new KernelSpec.Dequantize(x, extent(3, 5, channels)), schedule, 3);
            }
        }
        for (int channels : new int[] {1, 3, 4, 16}) {
            Extent raw = new Extent(5, 7, channels, channels);
            add("pixels", new KernelSpec.Quantize(raw, extent(5, 7, channels)), schedule, 3);
        }
        for (int channels = 1; channels <= 4; channels++) {
            Extent raw = new Extent(5, 7, channels, channels);
            add("pixels to words", new KernelSpec.Quantize(raw, words(5, 7, channels)), schedule, 3);
            add("floats to words", new KernelSpec.QuantizeFloat(raw, words(5, 7, channels)), schedule, 2);
        }
        for (int channels : new int[] {1, 10, 16, 17, 48}) {
            floats(new Extent(5, 7, channels, channels), 3);
            floats(new Extent(1, 1, channels, channels), 2);
        }
    }

    private void windowMean(String title, ElementType in, ElementType out, Extent input, Window w, Border counted) {
        Extent output = extent(w.outHeight(input.height()), w.outWidth(input.width()), input.channels());
        add(title, new KernelSpec.AvgPool(in, out, input, output, w, counted), new Schedule.PerItem(64), 3);
    }

    private void windowMeans() {
        Window lopsided = new Window(5, 2, 1, 3, 4, 0, 2, 1);
        windowMean("padding does not count", U8, U8, extent(7, 6, 17), SAME, Border.NONE);
        windowMean("padding counts", S8, S8, extent(7, 6, 17), SAME, SAME.padding());
        windowMean("some padding counts", U8, S8, extent(6, 7, 33), lopsided, new Border(2, 0, 1, 1));
        windowMean("extreme, other padding counts", S8, S8, extent(6, 7, 10), lopsided, new Border(4, 0, 0, 0));
        windowMean("apart", U8, U8, extent(8, 8, 48), new Window(2, 2, 2, 2, 0, 0, 0, 0), Border.NONE);
    }

    private void gatesAndTables() {
        Schedule schedule = new Schedule.PerItem(64);
        for (int channels : new int[] {1, 16, 31, 48}) {
            add("gates", new KernelSpec.Gate(S8, U8, S8, extent(5, 3, channels)), schedule, 3);
            add("extreme gates", new KernelSpec.Gate(U8, S8, S8, extent(3, 7, channels)), schedule, 2);
            add("table", new KernelSpec.Lookup(extent(5, 3, channels)), schedule, 3);
        }
        add("unsigned gates", new KernelSpec.Gate(U8, U8, U8, extent(9, 9, 33)), schedule, 2);
    }

    private void movements() {
        Schedule schedule = new Schedule.PerItem(64);
        add("larger", new KernelSpec.Upsample(extent(3, 4, 17), 3, 2), schedule, 3);
        add("larger", new KernelSpec.Upsample(extent(5, 1, 16), 1, 4), schedule, 2);
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(this.seed + seed);
            int unit = List.of(16, 4, 1).get(seed % 3);
            List<MoveChannels.Run> runs = new ArrayList<>();
            int end = 0;
            for (int i = random.nextInt(4); i >= 0; i--) {
                int from = unit * random.nextInt(3);
                int to = end + unit * random.nextInt(2);
                int count = unit * (1 + random.nextInt(4));
                runs.add(new MoveChannels.Run(from + count + random.nextInt(20), from, to, count));
                end = to + count;
            }
            add("moves", new MoveChannels(1 + random.nextInt(40), end + random.nextInt(20), runs), schedule, 2);
        }
    }
}
