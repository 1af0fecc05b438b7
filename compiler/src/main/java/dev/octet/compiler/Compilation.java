package dev.octet.compiler;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import java.util.List;

/**
 * What the compiler makes.
 *
 * @param plan the plan
 * @param kernels sources of all kernels of all programs, without duplicates, in order of first use
 */
public record Compilation(Plan plan, List<KernelSource> kernels) {
    public Compilation {
        kernels = List.copyOf(kernels);
    }

    /**
     * A CUDA source file.
     *
     * @param target GPU family
     * @param name entry point
     * @param hash as in {@link dev.octet.plan.launch.Step.Kernel}
     * @param text complete translation unit
     */
    public record KernelSource(Target target, String name, String hash, String text) {}
}
