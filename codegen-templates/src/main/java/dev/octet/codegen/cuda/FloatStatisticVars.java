package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatStatistic;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.launch.Statistic;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code f32_largest.vm} and {@code f32_histogram.vm}; an item is a vector of 4 floats.
 *
 * @param name entry point
 * @param spec what the kernel counts
 * @param schedule how it divides the work
 */
record FloatStatisticVars(String name, FloatStatistic spec, Schedule.Runs schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/" + spec.variant() + ".vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                spec.kind() == Statistic.Kind.LARGEST
                        ? "Largest magnitude of floats."
                        : "Histogram of magnitudes of floats, the negative ones also apart.");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    /** Items of a thread. */
    int count() {
        return schedule.count();
    }

    /** Items of a block. */
    int items() {
        return schedule.items();
    }

    int bins() {
        return Statistic.BINS;
    }

    /** Counters of all and of the negative numbers. */
    int counters() {
        return 2 * Statistic.BINS;
    }
}
