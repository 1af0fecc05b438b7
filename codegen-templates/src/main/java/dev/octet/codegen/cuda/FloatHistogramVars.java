package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.launch.Statistic;
import java.util.List;

/**
 * Variables of {@code f32_histogram.vm}.
 *
 * @param name entry point
 * @param schedule how it divides the work
 */
record FloatHistogramVars(String name, Schedule.Runs schedule) implements FloatStatisticVars {
    @Override
    public String template() {
        return "cuda/f32_histogram.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Histogram of magnitudes of floats, the negative ones also apart.");
    }

    /** Bins of a histogram. */
    int bins() {
        return Statistic.BINS;
    }

    /** Counters of all and of the negative numbers. */
    int counters() {
        return 2 * Statistic.BINS;
    }
}
