package dev.octet.codegen.cuda;

import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Lanewise;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.FloatStatistic;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Statistic;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Kernels on floats of realistic size by a short name, at least one of each family. */
final class FloatFamilyKernels {
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);
    private static final Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);
    private static final Schedule ITEMS = new Schedule.PerItem(256);

    private FloatFamilyKernels() {}

    static SortedMap<String, ScheduledKernel> all() {
        SortedMap<String, ScheduledKernel> kernels = new TreeMap<>();
        convolutions(kernels);
        add(kernels, "gelu", pointwise(Lanewise.ACTIVATE, new Activation(Activation.Kind.GELU, 0), F32));
        add(kernels, "elu", pointwise(Lanewise.ACTIVATE, new Activation(Activation.Kind.ELU, 1), S8));
        add(kernels, "tanh", pointwise(Lanewise.ACTIVATE, new Activation(Activation.Kind.TANH, 0), F32));
        add(kernels, "swish", pointwise(Lanewise.ACTIVATE, new Activation(Activation.Kind.SWISH, 0), F32));
        add(kernels, "add", pointwise(Lanewise.ADD, Activation.RELU, F32));
        add(kernels, "gate", pointwise(Lanewise.GATE, Activation.NONE, S8));
        Window stem = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        add(
                kernels,
                "maxpool",
                new FloatKernel.Pool(value(F32, 112, 112, 64), value(U8, 56, 56, 64), stem, Optional.empty()));
        add(
                kernels,
                "avgpool",
                new FloatKernel.Pool(
                        value(F32, 35, 35, 192), value(F32, 35, 35, 192), SAME, Optional.of(new Border(1, 1, 1, 1))));
        add(kernels, "mean", new FloatKernel.Mean(value(F32, 7, 7, 2048), value(F32, 1, 1, 2048)));
        add(
                kernels,
                "concat",
                new FloatKernel.Arrange(
                        List.of(value(F32, 35, 35, 62), value(U8, 35, 35, 96)),
                        List.of(new Run(0, 0, 0, 62), new Run(1, 0, 62, 96)),
                        1,
                        1,
                        value(F32, 35, 35, 158)));
        add(
                kernels,
                "upsample",
                new FloatKernel.Arrange(
                        List.of(value(F32, 13, 13, 256)),
                        List.of(new Run(0, 0, 0, 256)),
                        2,
                        2,
                        value(F32, 26, 26, 256)));
        add(kernels, "export", new FloatKernel.Export(value(F32, 7, 7, 10).extent()));
        add(
                kernels,
                "pixels",
                new FloatKernel.Pixels(
                        new Extent(224, 224, 3, 3), value(F32, 224, 224, 3).extent()));
        for (Statistic.Kind kind : Statistic.Kind.values()) {
            FloatStatistic statistic = new FloatStatistic(kind);
            Schedule schedule =
                    ScheduleSelector.candidates(statistic, Target.SM_61).get(0);
            kernels.put(statistic.variant().replace('_', '-'), new ScheduledKernel(statistic, schedule, Target.SM_61));
        }
        return kernels;
    }

    private static void convolutions(SortedMap<String, ScheduledKernel> kernels) {
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Value wide = value(F32, 28, 28, 128);
        tiled(kernels, "conv2d", conv(wide, Optional.empty(), wide, SAME, 1), new Schedule.FloatTile(128, 128, 8, 8));
        tiled(
                kernels,
                "conv2d-residual",
                conv(value(F32, 56, 56, 64), Optional.of(value(U8, 56, 56, 256)), value(F32, 56, 56, 256), POINT, 1),
                new Schedule.FloatTile(128, 64, 8, 8));
        tiled(
                kernels,
                "conv2d-stem",
                conv(value(F32, 224, 224, 3), Optional.empty(), value(U8, 112, 112, 64), stem, 1),
                new Schedule.FloatTile(64, 64, 8, 4));
        tiled(
                kernels,
                "conv2d-bytes",
                conv(value(S8, 14, 14, 40), Optional.of(value(F32, 14, 14, 24)), value(S8, 14, 14, 24), SAME, 1),
                new Schedule.FloatTile(64, 32, 4, 4));
        tiled(
                kernels,
                "dense",
                conv(
                        value(F32, 7, 7, 100),
                        Optional.empty(),
                        value(F32, 1, 1, 1000),
                        new Window(7, 7, 1, 1, 0, 0, 0, 0),
                        1),
                new Schedule.FloatTile(32, 32, 4, 4));
        Value lanes = value(F32, 56, 56, 96);
        add(kernels, "depthwise", conv(lanes, Optional.empty(), lanes, SAME, 96));
        Value groups = value(U8, 28, 28, 128);
        add(kernels, "grouped", conv(groups, Optional.of(wide), value(S8, 28, 28, 128), SAME, 32));
    }

    private static FloatKernel.Conv2d conv(Value in, Optional<Value> residual, Value out, Window w, int groups) {
        return new FloatKernel.Conv2d(in, residual, out, w, groups, Activation.RELU);
    }

    private static FloatKernel.Pointwise pointwise(Lanewise kind, Activation activation, ElementType out) {
        Value x = value(F32, 28, 28, 100);
        List<Value> operands = switch (kind) {
            case ACTIVATE -> List.of(x);
            case ADD -> List.of(x, value(S8, 28, 28, 100));
            case GATE -> List.of(x, value(U8, 1, 1, 100));
        };
        return new FloatKernel.Pointwise(kind, operands, value(out, 28, 28, 100), activation);
    }

    private static Value value(ElementType element, int height, int width, int channels) {
        int alignment = element.isInteger() ? 16 : 4;
        int pitch = (channels + alignment - 1) / alignment * alignment;
        return new Value(element, new Extent(height, width, channels, pitch));
    }

    private static void tiled(
            SortedMap<String, ScheduledKernel> kernels, String name, KernelSpec spec, Schedule.FloatTile tile) {
        kernels.put("f32-" + name, new ScheduledKernel(spec, tile, Target.SM_80));
    }

    private static void add(SortedMap<String, ScheduledKernel> kernels, String name, KernelSpec spec) {
        kernels.put("f32-" + name, new ScheduledKernel(spec, ITEMS, Target.SM_61));
    }
}
