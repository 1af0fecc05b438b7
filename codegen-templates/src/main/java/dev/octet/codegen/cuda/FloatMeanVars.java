package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;

/**
 * Variables of {@code f32_mean.vm}; an item is 4 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatMeanVars(String name, FloatKernel.Mean spec, Schedule.PerItem schedule) implements FloatInputVars {
    @Override
    public String template() {
        return "cuda/f32_mean.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Mean over pixels: " + input().text() + " to " + result().text() + ".");
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    int pixels() {
        return spec.input().extent().pixels();
    }

    /** Elements of an input image. */
    int inElements() {
        return spec.input().extent().elements();
    }

    int channels() {
        return spec.output().extent().channels();
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
