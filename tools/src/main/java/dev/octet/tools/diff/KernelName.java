package dev.octet.tools.diff;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a kernel is known by over several builds; its hash changes with its source.
 *
 * @param target GPU family
 * @param function its entry point
 */
record KernelName(Target target, String function) implements Comparable<KernelName> {
    private static final Comparator<KernelName> ORDER =
            Comparator.comparing(KernelName::target).thenComparing(KernelName::function);

    /** The kernels that a plan launches, with their hashes. */
    static SortedMap<KernelName, String> of(Plan plan) {
        SortedMap<KernelName, String> kernels = new TreeMap<>();
        for (LaunchProgram program : plan.programs()) {
            for (Step step : program.steps()) {
                Step.Kernel kernel = step.kernel();
                kernels.put(new KernelName(program.target(), kernel.name()), kernel.hash());
            }
        }
        return kernels;
    }

    @Override
    public int compareTo(KernelName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return target.text() + " " + function;
    }
}
