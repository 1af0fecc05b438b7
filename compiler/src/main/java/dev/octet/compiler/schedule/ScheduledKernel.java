package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.Target;
import java.util.Objects;

/**
 * A kernel ready to be written: what, how, and for which target.
 *
 * @param spec what it computes
 * @param schedule how it divides the work
 * @param target GPU family
 */
public record ScheduledKernel(KernelSpec spec, Schedule schedule, Target target) {
    public ScheduledKernel {
        Objects.requireNonNull(spec);
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(target);
    }

    /** Name of the entry point: equal names mean equal kernels. */
    public String name() {
        return spec.canonicalName() + "_" + schedule.canonicalName() + "_"
                + target.text().replace("_", "");
    }
}
