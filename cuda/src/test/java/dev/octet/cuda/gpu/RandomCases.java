package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Random shapes of the catalogue's variants, each with some schedules, a number of images, and fills of its own. */
final class RandomCases {
    private static final long SEED = Long.getLong("octet.test.seed", 20260301);
    private static final Fill[] FILLS = Fill.values();

    private RandomCases() {}

    /**
     * A case.
     *
     * @param target GPU family
     * @param spec what is computed
     * @param schedules how
     * @param images number of images in the run
     * @param fills of the images of both operands
     * @param seed of weights and operands
     */
    record RandomCase(
            Target target, KernelSpec spec, List<Schedule> schedules, int images, List<Fill> fills, long seed) {
        CaseKernels kernels() {
            return new CaseKernels(KernelCase.of(spec, fills, seed), target, schedules);
        }

        @Override
        public String toString() {
            return spec.canonicalName() + ", " + images + " images " + fills + ", seed " + seed;
        }
    }

    /**
     * Cases for a target, the same in each process unless {@code octet.test.seed} is set.
     *
     * @param shapes number of shapes for each variant of the catalogue, by an example of it
     * @param schedules number of schedules per shape
     */
    static List<RandomCase> of(Target target, ToIntFunction<KernelSpec> shapes, int schedules) {
        List<RandomCase> cases = new ArrayList<>();
        ScheduleRota rota = new ScheduleRota();
        for (KernelCatalog.Row row : KernelCatalog.rows()) {
            KernelSpec like = row.examples().get(0);
            int count = row.target() == target ? shapes.applyAsInt(like) : 0;
            for (int i = 0; i < count; i++) {
                cases.add(of(
                        target,
                        like,
                        rota,
                        schedules,
                        SEED + 1000L * row.toString().hashCode() + i));
            }
        }
        return cases;
    }

    private static RandomCase of(Target target, KernelSpec like, ScheduleRota rota, int schedules, long seed) {
        KernelSpec spec = new RandomSpecs(seed).like(like);
        SplittableRandom random = new SplittableRandom(seed);
        List<Fill> fills = new ArrayList<>();
        for (int i = 0; i < KernelCase.IMAGES; i++) {
            fills.add(random.nextInt(3) == 0 ? Fill.RANDOM : FILLS[random.nextInt(FILLS.length)]);
        }
        int images = random.nextInt(1, KernelCase.IMAGES + 1);
        return new RandomCase(target, spec, rota.next(spec, target, schedules), images, fills, seed);
    }

    /** Shapes of each variant of convolutions. */
    static int convolutions(KernelSpec spec) {
        return spec instanceof KernelSpec.Conv2d ? 18 : 0;
    }

    /** Shapes of each variant of dense layers and pooling, alone and with a convolution. */
    static int denseAndPools(KernelSpec spec) {
        if (spec instanceof KernelSpec.Dense) {
            return 2;
        } else if (spec instanceof PooledConv2d) {
            return 18;
        }
        return spec instanceof KernelSpec.MaxPool
                        || spec instanceof KernelSpec.AvgPool
                        || spec instanceof KernelSpec.GlobalAvgPool
                ? 9
                : 0;
    }

    /** Shapes of each variant of convolutions with groups. */
    static int groups(KernelSpec spec) {
        return spec instanceof KernelSpec.Depthwise || spec instanceof KernelSpec.Grouped ? 12 : 0;
    }

    /** Shapes of each variant of kernels on floats. */
    static int floats(KernelSpec spec) {
        if (!(spec instanceof KernelSpec.OfFloats)) {
            return 0;
        }
        if (spec instanceof FloatKernel.Pointwise) {
            return 80; // of a dozen functions and operators
        }
        return spec instanceof FloatKernel.Conv2d ? 40 : 20;
    }

    /** One shape of each variant, and more of those on floats, whose variants have several operators and all types. */
    static int ofEveryRow(KernelSpec spec) {
        return spec instanceof KernelSpec.OfFloats ? 4 : 1;
    }

    /** Shapes of each variant of what moves bytes, or changes them one by one, and of the borders to pixels and floats. */
    static int bytewise(KernelSpec spec) {
        if (spec instanceof MoveChannels) {
            return 24;
        }
        return spec instanceof KernelSpec.Gate
                        || spec instanceof KernelSpec.Lookup
                        || spec instanceof KernelSpec.Upsample
                        || spec instanceof KernelSpec.Rescale
                        || spec instanceof KernelSpec.Add
                        || spec instanceof KernelSpec.Quantize
                        || spec instanceof KernelSpec.QuantizeFloat
                        || spec instanceof KernelSpec.Dequantize
                ? 6
                : 0;
    }
}
