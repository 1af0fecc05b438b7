package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Window;
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
        kernels.put("dense", perItem(dense(), 128));
        kernels.put("dequantize", perItem(new KernelSpec.Dequantize(S8, extent(7, 7, 10)), 256));
        kernels.put("maxpool", perItem(maxPool(), 256));
        kernels.put("quantize", perItem(quantize(), 256));
        kernels.put("rescale", perItem(new KernelSpec.Rescale(S8, U8, 56 * 56 * 64), 256));
        kernels.putAll(FloatFamilyKernels.all());
        return kernels;
    }

    private static SortedMap<String, ScheduledKernel> convolutions() {
        Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
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
                        LayerTrials.spec(S8, U8, extent(224, 224, 3), 64, stem, Optional.empty()),
                        new Schedule.MmaTile(64, 64, 16, 64, 4)));
        kernels.put(
                "mma-narrow",
                onTensorCores(
                        LayerTrials.spec(U8, U8, extent(28, 28, 48), 16, same, Optional.of(S8)),
                        new Schedule.MmaTile(128, 32, 32, 32, 4)));
        kernels.put(
                "mma-float",
                onTensorCores(
                        LayerTrials.spec(S8, F32, extent(1, 1, 64), 10, point, Optional.empty()),
                        new Schedule.MmaTile(32, 32, 16, 32, 4)));
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
                        LayerTrials.spec(S8, U8, extent(224, 224, 3), 64, stem, Optional.empty()),
                        new Schedule.Dp4aTile(128, 64, 16, 8, 8)));
        kernels.put(
                "float",
                tiled(
                        LayerTrials.spec(S8, F32, extent(1, 1, 64), 10, point, Optional.empty()),
                        new Schedule.Dp4aTile(32, 16, 32, 2, 4)));
        return kernels;
    }

    private static ScheduledKernel tiled(KernelSpec.Conv2d spec, Schedule.Dp4aTile tile) {
        return new ScheduledKernel(spec, tile, Target.SM_61);
    }

    private static ScheduledKernel onTensorCores(KernelSpec.Conv2d spec, Schedule.MmaTile tile) {
        return new ScheduledKernel(spec, tile, Target.SM_80);
    }

    private static ScheduledKernel perItem(KernelSpec spec, int threads) {
        return new ScheduledKernel(spec, new Schedule.PerItem(threads), Target.SM_61);
    }

    private static KernelSpec dense() {
        return new KernelSpec.Dense(U8, F32, 512, new Extent(1, 1, 1000, 1000), Optional.empty());
    }

    private static KernelSpec maxPool() {
        Window overlapping = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        return new KernelSpec.MaxPool(U8, extent(112, 112, 64), extent(56, 56, 64), overlapping);
    }

    private static KernelSpec quantize() {
        return new KernelSpec.Quantize(new Extent(224, 224, 3, 3), extent(224, 224, 3));
    }
}
