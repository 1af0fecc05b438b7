package dev.octet.cuda;

import dev.octet.cuda.driver.Driver;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The launch programs of a network for one target. */
record Programs(Target target, List<LaunchProgram> list) {
    /** The targets of a network that a device can run, the best first: at least one. */
    static List<Target> targets(Plan plan, String device, Driver.Gpu gpu) {
        List<Target> targets = plan.programs().stream()
                .map(LaunchProgram::target)
                .distinct()
                .filter(t -> t.runsOn(gpu.capability()))
                .sorted(Comparator.comparingInt(Target::capability).reversed())
                .toList();
        if (targets.isEmpty()) {
            throw new OctetException(
                    CudaCode.NO_PROGRAM, plan.network(), device, DeviceState.capability(gpu), targets(plan));
        }
        return targets;
    }

    /** The programs for a target; refuses those that need what this module or the device cannot do. */
    static Programs of(Plan plan, Target target, String device, Driver.Gpu gpu) {
        List<LaunchProgram> programs =
                plan.programs().stream().filter(p -> p.target() == target).toList();
        programs.forEach(p -> p.steps().forEach(step -> requireSupported(plan, step)));
        programs.forEach(p -> new LaunchLimits(plan, device, gpu).check(p));
        return new Programs(target, programs);
    }

    private static String targets(Plan plan) {
        String targets =
                plan.programs().stream().map(p -> p.target().text()).distinct().collect(Collectors.joining(", "));
        return targets.isEmpty() ? "no GPU" : targets;
    }

    private static void requireSupported(Plan plan, Step step) {
        requireNot(!step.tensorMaps().isEmpty(), "tensor maps", plan, step);
        requireNot(step.geometry().cluster() > 1, "clusters of blocks", plan, step);
    }

    private static void requireNot(boolean used, String feature, Plan plan, Step step) {
        if (used) {
            throw new OctetException(CudaCode.UNSUPPORTED, step.kernel().name(), plan.network(), feature);
        }
    }

    /** All steps of all programs. */
    List<Step> steps() {
        return list.stream().flatMap(p -> p.steps().stream()).toList();
    }

    /** The kernels that count values, each once; those of all programs of a target are the same. */
    List<Statistic> statistics() {
        return list.stream().flatMap(p -> p.statistics().stream()).distinct().toList();
    }

    /** The program for a number of images. */
    LaunchProgram forBatch(String network, int batch) {
        return list.stream()
                .filter(p -> p.minBatch() <= batch && batch <= p.maxBatch())
                .findFirst()
                .orElseThrow(() -> new OctetException(
                        CudaCode.INCONSISTENT, network, "the plan has no program for " + batch + " images"));
    }
}
