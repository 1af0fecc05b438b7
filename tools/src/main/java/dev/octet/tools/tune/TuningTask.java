package dev.octet.tools.tune;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileException;
import dev.octet.compiler.OctetCompiler;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network, compiled for a largest batch, and the schedules among which each of its kernels has a choice.
 *
 * @param plan the network's plan, for any batch and targets
 * @param machine what it is compiled for
 * @param batch largest batch
 * @param schedules of each kernel, in the order in which they are timed
 */
record TuningTask(Plan plan, Tuner.Machine machine, int batch, Map<KernelSpec, List<Schedule>> schedules) {
    /**
     * All kernels of several schedules. The schedule that the compiler expects to be the fastest comes first, so that times that end
     * early never decide for one that is slower than that.
     *
     * @throws OctetException {@link TuneCode#NOT_COMPILED} if the network is too large for the batch
     */
    static TuningTask of(Plan plan, Tuner.Machine machine, int batch) {
        TuningTask empty = new TuningTask(plan, machine, batch, Map.of());
        Map<KernelSpec, List<Schedule>> schedules = new LinkedHashMap<>();
        for (KernelSpec spec : specs(empty.compile(TuningLog.NONE).plan())) {
            List<Schedule> candidates = ScheduleSelector.candidates(spec, machine.target());
            if (candidates.size() > 1) {
                Schedule estimated = ScheduleSelector.select(spec, machine.target(), batch);
                schedules.put(
                        spec,
                        candidates.stream()
                                .sorted(Comparator.comparing(schedule -> !schedule.equals(estimated)))
                                .toList());
            }
        }
        return empty.with(schedules);
    }

    TuningTask with(Map<KernelSpec, List<Schedule>> others) {
        return new TuningTask(plan, machine, batch, others);
    }

    /** How often the network is to be compiled until each schedule was there. */
    int rounds() {
        return schedules.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** The kernels that have a schedule left in a round, with that. */
    Map<KernelSpec, Schedule> of(int round) {
        Map<KernelSpec, Schedule> next = new LinkedHashMap<>();
        schedules.forEach((spec, list) -> {
            if (round < list.size()) {
                next.put(spec, list.get(round));
            }
        });
        return next;
    }

    /** What a log makes of the network; throws {@link TuneCode#NOT_COMPILED} if that does not fit. */
    Compilation compile(TuningLog log) {
        try {
            return OctetCompiler.reschedule(plan, machine.target(), batch, log, new CudaWriter());
        } catch (CompileException | IllegalArgumentException | ArithmeticException e) {
            throw new OctetException(e, TuneCode.NOT_COMPILED, plan.network(), batch, e.getMessage());
        }
    }

    /** The network of a round: each kernel has its next schedule, or its last one if it has fewer. */
    Compilation compile(int round) {
        List<KernelTime> wanted = new ArrayList<>();
        schedules.forEach((spec, list) -> wanted.add(time(spec, list.get(Math.min(round, list.size() - 1)), 1)));
        return compile(TuningLog.of(wanted));
    }

    /** What the steps of the only program of a plan compute, in order. */
    static List<KernelSpec> specs(Plan plan) {
        LowerRegions lowering = new LowerRegions(plan.int8());
        return plan.programs().get(0).steps().stream()
                .map(Step::region)
                .map(lowering::spec)
                .toList();
    }

    KernelTime time(KernelSpec spec, Schedule schedule, double micros) {
        ScheduledKernel kernel = new ScheduledKernel(spec, schedule, machine.target());
        return KernelTime.of(kernel, batch, micros, machine.capability(), machine.name());
    }
}
