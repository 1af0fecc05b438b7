package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.Schedule.Dp4aTile;
import dev.octet.compiler.schedule.Schedule.MmaTile;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which kernels are tried on the host, with which batches. */
public final class TrialPlan {
    private static final int RANDOM_CONVOLUTIONS = 24;
    private static final Dp4aTile SMALL = new Dp4aTile(32, 32, 16, 4, 4);
    private static final Dp4aTile WIDER = new Dp4aTile(32, 64, 32, 4, 8);
    private static final MmaTile MMA = new MmaTile(64, 64, 16, 64, 4);
    private static final MmaTile MMA_NARROW = new MmaTile(32, 32, 16, 32, 4);
    private static final Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);

    private final long seed;
    private final List<KernelTrial> trials = new ArrayList<>();

    private TrialPlan(long seed) {
        this.seed = seed;
    }

    private void add(String title, KernelSpec spec, Schedule schedule, int batch) {
        add(title, spec, schedule, schedule instanceof MmaTile ? Target.SM_80 : Target.SM_61, batch);
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
        for (int i = 0; i < RANDOM_CONVOLUTIONS; i++) {
            plan.randomConvolution(new Random(seed + i));
        }
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
        Window all = new Window(4, 4, 1, 1, 0, 0, 0, 0);
        conv("stride 2", List.of(U8, U8), extent(9, 8, 32), 32, strided, WIDER, 2);
        conv("padding unlike on all sides", List.of(S8, S8), extent(7, 9, 10), 16, lopsided, SMALL, 2);
        conv("1x7", List.of(S8, S8), extent(4, 9, 16), 16, wide, SMALL, 1);
        conv("5x1", List.of(U8, S8), extent(9, 4, 48), 16, tall, SMALL, 1);
        conv("no padding", List.of(U8, U8), extent(7, 7, 32), 16, valid, WIDER, 1);
        conv("whole input", List.of(U8, F32), extent(4, 4, 16), 10, all, SMALL, 3);
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

    private void randomConvolution(Random random) {
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        ElementType other = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextBoolean() ? Optional.of(other) : Optional.empty();
        int rows = 1 + random.nextInt(4);
        int columns = 1 + random.nextInt(4);
        Window window = new Window(
                rows,
                columns,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(rows),
                random.nextInt(columns),
                random.nextInt(rows),
                random.nextInt(columns));
        Extent input = extent(rows + random.nextInt(8), columns + random.nextInt(8), 1 + random.nextInt(70));
        List<Schedule> tiles = new ArrayList<>(List.of(SMALL, new Dp4aTile(64, 32, 16, 8, 4), MMA, MMA_NARROW));
        if (input.pitch() % 32 == 0) {
            tiles.addAll(List.of(new Dp4aTile(64, 64, 32, 8, 8), new Dp4aTile(32, 16, 32, 2, 4)));
        }
        Schedule tile = tiles.get(random.nextInt(tiles.size()));
        KernelSpec.Conv2d spec = LayerTrials.spec(in, out, input, 1 + random.nextInt(70), window, residual);
        add("random", spec, tile, 1 + random.nextInt(4));
    }

    /** The other families at the edges of vectors, images and types. */
    public static List<KernelTrial> others(long seed) {
        TrialPlan plan = new TrialPlan(seed);
        plan.denseLayers();
        plan.pools();
        plan.conversions();
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
        for (int channels : new int[] {1, 10, 16, 17, 48}) {
            floats(new Extent(5, 7, channels, channels), 3);
            floats(new Extent(1, 1, channels, channels), 2);
        }
    }
}
