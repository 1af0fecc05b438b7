package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.codegen.cuda.Operands.words;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The families that are no convolutions, at the edges of vectors, images and types. */
final class OtherTrials extends Trials {
    OtherTrials(TrialList list) {
        super(list);
    }

    private void dense(String title, List<ElementType> types, int k, int channels, int batch) {
        Extent output = types.get(1).isInteger() ? extent(1, 1, channels) : new Extent(1, 1, channels, channels);
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        KernelSpec spec = new KernelSpec.Dense(types.get(0), types.get(1), k, output, residual);
        add(title, spec, new Schedule.PerItem(32), batch);
    }

    void denseLayers() {
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

    void slicedPools() {
        slicedPool(S8, S8, extent(7, 7, 17), new Schedule.Slices(4, 64), 3);
        slicedPool(U8, S8, extent(5, 13, 40), new Schedule.Slices(8, 64), 1);
        slicedPool(U8, U8, extent(3, 3, 16), new Schedule.Slices(32, 64), 3); // slices without pixels
        slicedPool(S8, S8, extent(9, 9, 64), new Schedule.Slices(64, 64), 2);
        slicedPool(U8, U8, extent(4, 9, 48), new Schedule.Slices(2, 64), 5);
    }

    void pools() {
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

    void conversions() {
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

    void windowMeans() {
        Window lopsided = new Window(5, 2, 1, 3, 4, 0, 2, 1);
        windowMean("padding does not count", U8, U8, extent(7, 6, 17), SAME, Border.NONE);
        windowMean("padding counts", S8, S8, extent(7, 6, 17), SAME, SAME.padding());
        windowMean("some padding counts", U8, S8, extent(6, 7, 33), lopsided, new Border(2, 0, 1, 1));
        windowMean("extreme, other padding counts", S8, S8, extent(6, 7, 10), lopsided, new Border(4, 0, 0, 0));
        windowMean("apart", U8, U8, extent(8, 8, 48), new Window(2, 2, 2, 2, 0, 0, 0, 0), Border.NONE);
    }

    void gatesAndTables() {
        Schedule schedule = new Schedule.PerItem(64);
        for (int channels : new int[] {1, 16, 31, 48}) {
            add("gates", new KernelSpec.Gate(S8, U8, S8, extent(5, 3, channels)), schedule, 3);
            add("extreme gates", new KernelSpec.Gate(U8, S8, S8, extent(3, 7, channels)), schedule, 2);
            add("table", new KernelSpec.Lookup(extent(5, 3, channels)), schedule, 3);
        }
        add("unsigned gates", new KernelSpec.Gate(U8, U8, U8, extent(9, 9, 33)), schedule, 2);
    }

    void movements() {
        Schedule schedule = new Schedule.PerItem(64);
        add("larger", new KernelSpec.Upsample(extent(3, 4, 17), 3, 2), schedule, 3);
        add("larger", new KernelSpec.Upsample(extent(5, 1, 16), 1, 4), schedule, 2);
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed() + seed);
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
