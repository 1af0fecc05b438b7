package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code lookup.vm}; an item is 16 lanes of a pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record LookupVars(String name, KernelSpec.Lookup spec, Schedule.PerItem schedule) implements KernelVars {
    private static final int TABLE_WORDS = 64;

    LookupVars {
        KernelVars.require(
                schedule.threads() >= TABLE_WORDS, "the threads of a block load the table: %d", schedule.threads());
    }

    @Override
    public String template() {
        return "cuda/lookup.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Function of bytes by a table: " + KernelVars.text(spec.extent()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    int pixels() {
        return spec.extent().pixels();
    }

    int channels() {
        return spec.extent().channels();
    }

    int pitch() {
        return spec.extent().pitch();
    }

    /** Vectors of a pixel. */
    int vectors() {
        return pitch() / LANES;
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }

    boolean paddedLanes() {
        return pitch() > channels();
    }

    /** Whether there are padding lanes, in one of several vectors of a pixel. */
    boolean paddedVectors() {
        return paddedLanes() && vectors() > 1;
    }

    /** The first channel of a thread's vector, to which its lanes are added, or empty. */
    String fromChannel() {
        return paddedVectors() ? "channel + " : "";
    }
}
