package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;

/**
 * Variables of {@code avgpool.vm}; an item is 16 lanes of an image.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record GlobalAvgPoolVars(String name, KernelSpec.GlobalAvgPool spec, Schedule.PerItem schedule) implements MeanVars {
    GlobalAvgPoolVars {
        MeanVars.requireSums(spec);
    }

    @Override
    public String template() {
        return "cuda/avgpool.vm";
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    int unroll() {
        return Math.min(pixels(), MOST_UNROLLED);
    }
}
