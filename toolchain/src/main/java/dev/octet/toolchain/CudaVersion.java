package dev.octet.toolchain;

import dev.octet.plan.Target;

/**
 * A release of the CUDA toolkit.
 *
 * @param major its number before the point
 * @param minor its number behind it
 */
public record CudaVersion(int major, int minor) implements Comparable<CudaVersion> {
    /** From a version as the tools tell it, such as {@code 13.0.88}. */
    static CudaVersion parse(String text) {
        String[] parts = text.split("\\.");
        return new CudaVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /**
     * The first release whose compiler knows the machine that a target's kernels are compiled for, and whose assembler knows
     * their instructions. Source of the numbers: the release notes of PTX ISA in NVIDIA's "Parallel Thread Execution ISA".
     */
    public static CudaVersion needed(Target target) {
        return switch (target) {
            case SM_61 -> new CudaVersion(10, 0);
            case SM_75 -> new CudaVersion(10, 2);
            case SM_80 -> new CudaVersion(11, 0);
            // Hopper came with 12.0; products of unsigned with signed bytes are of PTX ISA 8.4.
            case SM_90A -> new CudaVersion(12, 4);
        };
    }

    @Override
    public int compareTo(CudaVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
