package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.plan.Plan;
import dev.octet.plan.launch.LaunchProgram;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How many of a program's kernels a {@link TuningLog} decided. Kernels that one schedule suits need no decision.
 *
 * @param measured distinct kernels whose schedules are the fastest that were measured
 * @param estimated distinct kernels of which the log has no time
 * @param unknown times of these kernels that belong to no schedule of theirs
 */
public record TuningCoverage(int measured, int estimated, int unknown) {
    public TuningCoverage {
        if (measured < 0 || estimated < 0 || unknown < 0) {
            throw new IllegalArgumentException(measured + ", " + estimated + ", " + unknown);
        }
    }

    /** What a log decided of a program of a plan. */
    public static TuningCoverage of(Plan plan, LaunchProgram program, TuningLog log) {
        int measured = 0;
        int estimated = 0;
        int unknown = 0;
        for (KernelSpec spec : choices(plan, program)) {
            List<Schedule> candidates = ScheduleSelector.candidates(spec, program.target());
            unknown += log.unknown(spec, program.target(), program.maxBatch(), candidates);
            if (log.fastest(spec, program.target(), program.maxBatch(), candidates)
                    .isPresent()) {
                measured++;
            } else {
                estimated++;
            }
        }
        return new TuningCoverage(measured, estimated, unknown);
    }

    /** The distinct kernels of a program that several schedules suit, in order of first use. */
    private static Set<KernelSpec> choices(Plan plan, LaunchProgram program) {
        LowerRegions lowering = new LowerRegions(plan.int8());
        Set<KernelSpec> specs = new LinkedHashSet<>();
        program.steps().stream()
                .map(step -> lowering.spec(step.region()))
                .filter(spec ->
                        ScheduleSelector.candidates(spec, program.target()).size() > 1)
                .forEach(specs::add);
        return specs;
    }
}
