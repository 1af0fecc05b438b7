package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.plan.Plan;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

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
        for (KernelSpec spec : choices(plan, program).keySet()) {
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

    /** Names of the kernels of a plan, of all its programs, whose schedules are the fastest that were measured. */
    public static SortedSet<String> decided(Plan plan, TuningLog log) {
        SortedSet<String> names = new TreeSet<>();
        for (LaunchProgram program : plan.programs()) {
            choices(plan, program).forEach((spec, name) -> {
                List<Schedule> candidates = ScheduleSelector.candidates(spec, program.target());
                log.fastest(spec, program.target(), program.maxBatch(), candidates)
                        .ifPresent(schedule -> names.add(name));
            });
        }
        return names;
    }

    /** The distinct kernels of a program that several schedules suit, each with the name that it has there, in order of first use. */
    public static Map<KernelSpec, String> choices(Plan plan, LaunchProgram program) {
        LowerRegions lowering = new LowerRegions(plan.int8());
        Map<KernelSpec, String> names = new LinkedHashMap<>();
        for (Step step : program.steps()) {
            KernelSpec spec = lowering.spec(step.region());
            if (ScheduleSelector.candidates(spec, program.target()).size() > 1) {
                names.put(spec, step.kernel().name());
            }
        }
        return names;
    }
}
