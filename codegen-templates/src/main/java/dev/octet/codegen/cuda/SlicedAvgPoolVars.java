package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;

/**
 * Variables of {@code avgpool_sliced.vm}; an item is 16 lanes of an image.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record SlicedAvgPoolVars(String name, KernelSpec.GlobalAvgPool spec, Schedule.Slices schedule) implements MeanVars {
    SlicedAvgPoolVars {
        MeanVars.requireSums(spec);
    }

    @Override
    public String template() {
        return "cuda/avgpool_sliced.vm";
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    /** Threads of an item. */
    int slices() {
        return schedule.slices();
    }

    /** Items of a block. */
    int blockItems() {
        return schedule.items();
    }

    /** These, for people. */
    String itemsText() {
        return KernelVars.counted(blockItems(), "item");
    }

    /** The item of a thread. */
    String itemOfThread() {
        return blockItems() == 1 ? "blockIdx.x" : "blockIdx.x * " + blockItems() + "u + thread % " + blockItems();
    }

    int unroll() {
        return Math.min(pixels() / slices() + 1, MOST_UNROLLED);
    }
}
