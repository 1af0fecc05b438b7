package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.codegen.cuda.Operands.words;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.MoveChannels.Run;
import dev.octet.compiler.schedule.HaloTile;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.compiler.schedule.WgmmaTile;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Kernels of realistic size by a short name, at least one of each family. */
final class FamilyKernels {
    private FamilyKernels() {}

    static SortedMap<String, ScheduledKernel> all() {
        SortedMap<String, ScheduledKernel> kernels = new TreeMap<>();
        convolutions().forEach((name, kernel) -> kernels.put("conv2d-" + name, kernel));
        kernels.put("add", perItem(new KernelSpec.Add(S8, U8, U8, 56 * 56 * 64), 256));
        kernels.put("avgpool", perItem(new KernelSpec.GlobalAvgPool(U8, U8, extent(7, 7, 500)), 64));
        kernels.putAll(groups());
        kernels.put("dense", perItem(dense(), 128));
        kernels.put("dense-mma", new ScheduledKernel(dense(), new Schedule.MmaTile(32, 32, 16, 32, 4), Target.SM_80));
        kernels.put("avgpool2d", perItem(avgPool(Border.NONE), 256));
        kernels.put("avgpool2d-uniform", perItem(avgPool(new Border(1, 1, 1, 1)), 256));
        kernels.put("avgpool2d-lopsided", lopsidedPool());
        kernels.put(
                "avgpool-sliced",
                new ScheduledKernel(
                        new KernelSpec.GlobalAvgPool(U8, U8, extent(112, 112, 40)),
                        new Schedule.Slices(64, 256),
                        Target.SM_61));
        kernels.put("gate", perItem(new KernelSpec.Gate(S8, U8, S8, extent(28, 28, 40)), 256));
        kernels.put("lookup", perItem(new KernelSpec.Lookup(extent(28, 28, 40)), 256));
        kernels.put("lookup-whole", perItem(new KernelSpec.Lookup(extent(28, 28, 64)), 256));
        kernels.put("upsample", perItem(new KernelSpec.Upsample(extent(13, 13, 256), 2, 2), 256));
        kernels.put("channels-concat", perItem(concat(64, 96, 20), 256));
        kernels.put("channels-concat-bytes", perItem(concat(58, 58), 256));
        kernels.put("channels-slice", perItem(new MoveChannels(784, 116, List.of(new Run(232, 116, 0, 116))), 256));
        kernels.put("dequantize", perItem(new KernelSpec.Dequantize(S8, extent(7, 7, 10)), 256));
        kernels.put("maxpool", perItem(maxPool(), 256));
        kernels.put("pooled", pooled());
        kernels.put("pooled-narrow", narrowPooled());
        kernels.put("quantize", perItem(quantize(extent(224, 224, 3)), 256));
        kernels.put("quantize-word", perItem(quantize(words(224, 224, 3)), 256));
        kernels.put(
                "quantize-float-word",
                perItem(new KernelSpec.QuantizeFloat(new Extent(32, 32, 3, 3), words(32, 32, 3)), 256));
        kernels.put("quantize-float", perItem(quantizeFloat(new Extent(56, 56, 20, 20)), 256));
        kernels.put("quantize-float-vector", perItem(quantizeFloat(new Extent(1, 1, 128, 128)), 64));
        kernels.put("rescale", perItem(new KernelSpec.Rescale(S8, U8, 56 * 56 * 64), 256));
        kernels.putAll(FloatFamilyKernels.all());
        return kernels;
    }

    private static SortedMap<String, ScheduledKernel> convolutions() {
        Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
        Window dilated = new Window(3, 3, 1, 1, 2, 2, new Border(2, 2, 2, 2));
        Window point = new Window(1, 1, 1, 1, 0, 0, 0, 0);
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        SortedMap<String, ScheduledKernel> kernels = new TreeMap<>();
        kernels.put(
                "mma-residual",
                onTensorCores(
                        LayerTrials.spec(U8, U8, extent(28, 28, 128), 128, same, Optional.of(U8)),
                        new Schedule.MmaTile(128, 128, 32, 64, 3)));
        kernels.put(
                "mma-point",
                onTensorCores(
                        LayerTrials.spec(U8, S8, extent(56, 56, 64), 256, point, Optional.of(S8)),
                        new Schedule.MmaTile(128, 64, 32, 64, 4)));
        kernels.put(
                "mma-stem",
                onTensorCores(
                        LayerTrials.spec(S8, U8, words(224, 224, 3), 64, stem, Optional.empty()),
                        new Schedule.MmaTile(64, 64, 16, 64, 4)));
        kernels.put(
                "mma-narrow",
                onTensorCores(
                        LayerTrials.spec(U8, U8, extent(28, 28, 48), 16, same, Optional.of(S8)),
                        new Schedule.MmaTile(128, 32, 32, 32, 4)));
        kernels.put(
                "mma-dilated",
                onTensorCores(
                        LayerTrials.spec(U8, U8, extent(28, 28, 256), 256, dilated, Optional.empty()),
                        new Schedule.MmaTile(128, 128, 32, 64, 3)));
        kernels.put(
                "dilated",
                tiled(
                        LayerTrials.spec(U8, U8, extent(28, 28, 256), 256, dilated, Optional.empty()),
                        new Schedule.Dp4aTile(128, 64, 32, 8, 8)));
        kernels.put(
                "mma-float",
                onTensorCores(
                        LayerTrials.spec(S8, F32, extent(1, 1, 64), 10, point, Optional.empty()),
                        new Schedule.MmaTile(32, 32, 16, 32, 4)));
        kernels.put(
                "wgmma",
                onHopper(
                        LayerTrials.spec(U8, U8, extent(14, 14, 256), 256, same, Optional.empty()),
                        new WgmmaTile(64, 64, 4, false)));
        kernels.put(
                "halo",
                onHopper(
                        LayerTrials.spec(U8, U8, extent(56, 56, 64), 64, same, Optional.of(U8)), new HaloTile(14, 64)));
        kernels.put(
                "halo-wide",
                onHopper(
                        LayerTrials.spec(S8, S8, extent(27, 27, 32), 100, same, Optional.empty()),
                        new HaloTile(14, 128)));
        kernels.put(
                "halo-narrow",
                onHopper(
                        LayerTrials.spec(U8, U8, extent(55, 55, 16), 40, same, Optional.empty()), new HaloTile(8, 64)));
        kernels.put(
                "halo-float",
                onHopper(
                        LayerTrials.spec(U8, F32, extent(12, 12, 32), 10, same, Optional.of(S8)), new HaloTile(4, 64)));
        kernels.put(
                "wgmma-resident",
                onHopper(
                        LayerTrials.spec(U8, U8, extent(28, 28, 128), 512, point, Optional.of(S8)),
                        new WgmmaTile(64, 128, 2, true)));
        kernels.put(
                "wgmma-narrow",
                onHopper(
                        LayerTrials.spec(S8, U8, extent(28, 28, 48), 17, same, Optional.of(U8)),
                        new WgmmaTile(32, 64, 3, true)));
        kernels.put(
                "wgmma-wide",
                onHopper(
                        LayerTrials.spec(S8, S8, extent(28, 28, 256), 256, dilated, Optional.of(U8)),
                        new WgmmaTile(128, 128, 2, false)));
        kernels.put(
                "wgmma-sliced",
                onHopper(
                        LayerTrials.spec(U8, U8, extent(7, 7, 512), 512, same, Optional.of(U8)),
                        new WgmmaTile(64, 64, 3, false, 4)));
        kernels.put(
                "wgmma-float",
                onHopper(
                        LayerTrials.spec(S8, F32, extent(1, 1, 64), 10, point, Optional.empty()),
                        new WgmmaTile(32, 64, 4, false)));
        kernels.put(
                "mma8-residual",
                onTuring(
                        LayerTrials.spec(U8, U8, extent(28, 28, 128), 128, same, Optional.of(U8)),
                        new Schedule.Mma8Tile(128, 128, 32, 64)));
        kernels.put(
                "mma8-point",
                onTuring(
                        LayerTrials.spec(U8, S8, extent(56, 56, 64), 256, point, Optional.of(S8)),
                        new Schedule.Mma8Tile(128, 64, 32, 32)));
        kernels.put(
                "mma8-stem",
                onTuring(
                        LayerTrials.spec(S8, U8, words(224, 224, 3), 64, stem, Optional.empty()),
                        new Schedule.Mma8Tile(64, 64, 32, 32)));
        kernels.put(
                "mma8-float",
                onTuring(
                        LayerTrials.spec(S8, F32, extent(1, 1, 64), 10, point, Optional.empty()),
                        new Schedule.Mma8Tile(32, 32, 16, 32)));
        kernels.put(
                "residual",
                tiled(
                        LayerTrials.spec(U8, U8, extent(28, 28, 128), 128, same, Optional.of(U8)),
                        new Schedule.Dp4aTile(128, 64, 32, 8, 8)));
        kernels.put(
                "residual-wide",
                tiled(
                        LayerTrials.spec(U8, U8, extent(28, 28, 128), 128, same, Optional.of(S8)),
                        new Schedule.Dp4aTile(128, 128, 16, 8, 8)));
        kernels.put(
                "point",
                tiled(
                        LayerTrials.spec(U8, S8, extent(28, 28, 512), 128, point, Optional.empty()),
                        new Schedule.Dp4aTile(64, 64, 32, 4, 8)));
        kernels.put(
                "stem",
                tiled(
                        LayerTrials.spec(S8, U8, words(224, 224, 3), 64, stem, Optional.empty()),
                        new Schedule.Dp4aTile(128, 64, 16, 8, 8)));
        kernels.put(
                "float",
                tiled(
                        LayerTrials.spec(S8, F32, extent(1, 1, 64), 10, point, Optional.empty()),
                        new Schedule.Dp4aTile(32, 16, 32, 2, 4)));
        return kernels;
    }

    private static SortedMap<String, ScheduledKernel> groups() {
        Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
        Window wide = new Window(5, 5, 2, 2, 2, 2, 2, 2);
        Window large = new Window(9, 9, 1, 1, 4, 4, 4, 4);
        Window whole = new Window(7, 7, 1, 1, 0, 0, 0, 0);
        SortedMap<String, ScheduledKernel> kernels = new TreeMap<>();
        kernels.put(
                "depthwise", strips(LayerTrials.depthwise(U8, U8, extent(112, 112, 32), same, Optional.empty()), 8));
        kernels.put(
                "depthwise-residual",
                strips(LayerTrials.depthwise(S8, S8, extent(56, 56, 40), wide, Optional.of(U8)), 7));
        kernels.put(
                "depthwise-large",
                strips(LayerTrials.depthwise(U8, U8, extent(14, 14, 32), large, Optional.empty()), 7));
        kernels.put(
                "depthwise-float",
                strips(LayerTrials.depthwise(U8, F32, extent(7, 7, 10), whole, Optional.empty()), 1));
        kernels.put(
                "grouped",
                strips(LayerTrials.grouped(U8, U8, extent(56, 56, 128), 128, same, 32, Optional.empty()), 4));
        kernels.put(
                "grouped-bytes",
                strips(LayerTrials.grouped(S8, U8, extent(28, 28, 36), 72, same, 36, Optional.of(S8)), 4));
        return kernels;
    }

    private static ScheduledKernel strips(KernelSpec spec, int pixels) {
        return new ScheduledKernel(spec, new Schedule.Strip(pixels, 128), Target.SM_61);
    }

    private static ScheduledKernel tiled(KernelSpec.Conv2d spec, Schedule.Dp4aTile tile) {
        return new ScheduledKernel(spec, tile, Target.SM_61);
    }

    private static ScheduledKernel onTuring(KernelSpec.Conv2d spec, Schedule.Mma8Tile tile) {
        return new ScheduledKernel(spec, tile, Target.SM_75);
    }

    private static ScheduledKernel onTensorCores(KernelSpec.Conv2d spec, Schedule.MmaTile tile) {
        return new ScheduledKernel(spec, tile, Target.SM_80);
    }

    private static ScheduledKernel onHopper(KernelSpec.Conv2d spec, WarpgroupTile tile) {
        return new ScheduledKernel(spec, tile, Target.SM_90A);
    }

    private static ScheduledKernel perItem(KernelSpec spec, int threads) {
        return new ScheduledKernel(spec, new Schedule.PerItem(threads), Target.SM_61);
    }

    private static KernelSpec dense() {
        return new KernelSpec.Dense(U8, F32, 512, new Extent(1, 1, 1000, 1000), Optional.empty());
    }

    private static ScheduledKernel pooled() {
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Window overlapping = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        return new ScheduledKernel(
                LayerTrials.pooled(S8, U8, words(224, 224, 3), 64, stem, overlapping),
                new Schedule.PooledTile(14, 2, 2),
                Target.SM_80);
    }

    private static ScheduledKernel narrowPooled() {
        Window strided = new Window(3, 3, 2, 2, 0, 0, 0, 0);
        return new ScheduledKernel(
                LayerTrials.pooled(U8, S8, words(97, 97, 3), 40, strided, new Window(3, 3, 2, 2, 0, 0, 1, 1)),
                new Schedule.PooledTile(4, 2, 2),
                Target.SM_80);
    }

    private static KernelSpec maxPool() {
        Window overlapping = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        return new KernelSpec.MaxPool(U8, extent(112, 112, 64), extent(56, 56, 64), overlapping);
    }

    private static KernelSpec quantizeFloat(Extent input) {
        return new KernelSpec.QuantizeFloat(input, extent(input.height(), input.width(), input.channels()));
    }

    private static KernelSpec avgPool(Border counted) {
        Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
        return new KernelSpec.AvgPool(U8, U8, extent(35, 35, 192), extent(35, 35, 192), same, counted);
    }

    /** A kernel that spills where its registers are not bounded. */
    private static ScheduledKernel lopsidedPool() {
        Window window = new Window(3, 3, 1, 3, 1, 0, 2, 2);
        Extent output = extent(window.outHeight(21), window.outWidth(17), 23);
        return new ScheduledKernel(
                new KernelSpec.AvgPool(U8, U8, extent(21, 17, 23), output, window, Border.NONE),
                new Schedule.PerItem(128),
                Target.SM_80);
    }

    private static KernelSpec concat(int... channels) {
        List<Run> runs = new ArrayList<>();
        int to = 0;
        for (int count : channels) {
            runs.add(new Run(count, 0, to, count));
            to += count;
        }
        return new MoveChannels(784, to, runs);
    }

    private static KernelSpec quantize(Extent output) {
        return new KernelSpec.Quantize(new Extent(224, 224, 3, 3), output);
    }
}
