package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A choice of the catalogue's examples that is small enough for tools that slow kernels down: every variant at least
 * twice, and every schedule at least twice.
 */
final class SanitizedCases {
    /** As many as examples, some of which have one warp for a strip and some two, so that either meets each schedule twice. */
    private static final int POOLED_CONVOLUTIONS = 6;

    private static final int CONVOLUTIONS = 4;
    /** Those on pixels of one word have other tiles than all others, and tiles with a halo suit few. */
    private static final int HOPPERS_CONVOLUTIONS = 8;

    /** One row has all tiles. */
    private static final int FLOAT_CONVOLUTIONS = 12;

    private static final int GLOBAL_POOLS = 8;
    private static final int OTHERS = 2;

    private SanitizedCases() {}

    /** Something to run: one kernel. */
    record Case(Target target, KernelSpec spec, Schedule schedule) {}

    /** The cases of all rows, in the catalogue's order. */
    static List<Case> all() {
        Map<Target, ScheduleRota> rotas = new EnumMap<>(Target.class);
        List<Case> cases = new ArrayList<>();
        int first = 0;
        for (KernelCatalog.Row row : KernelCatalog.rows()) {
            ScheduleRota rota = rotas.computeIfAbsent(row.target(), target -> new ScheduleRota());
            List<KernelSpec> examples = row.examples();
            int count = count(examples.get(0), row.target());
            for (int i = 0; i < count; i++) {
                KernelSpec spec = examples.get((first + i) % examples.size());
                cases.add(new Case(
                        row.target(), spec, rota.next(spec, row.target(), 1).get(0)));
            }
            // Neighbouring rows are of one family: they take different examples.
            first += count;
        }
        return cases;
    }

    private static int count(KernelSpec spec, Target target) {
        if (spec instanceof KernelSpec.GlobalAvgPool) {
            return GLOBAL_POOLS;
        }
        if (spec instanceof FloatKernel.Conv2d) {
            return FLOAT_CONVOLUTIONS;
        }
        if (spec instanceof PooledConv2d) {
            return POOLED_CONVOLUTIONS;
        }
        if (spec instanceof KernelSpec.Conv2d && target == Target.SM_90A) {
            return HOPPERS_CONVOLUTIONS;
        }
        boolean convolution = spec instanceof KernelSpec.Conv2d
                || spec instanceof KernelSpec.Depthwise
                || spec instanceof KernelSpec.Grouped;
        return convolution ? CONVOLUTIONS : OTHERS;
    }
}
