package dev.octet.compiler;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the compiler makes.
 *
 * @param plan the plan
 * @param floats the plan of the float graph, if it was asked for: the same network with every operator in FP32 and nothing
 *     fused, so that every value that a calibration measures is there
 * @param kernels sources of all kernels of all programs of both plans, without duplicates, in order of first use
 */
public record Compilation(Plan plan, Optional<Plan> floats, List<KernelSource> kernels) {
    public Compilation {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(floats);
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
