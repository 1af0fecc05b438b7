package dev.octet.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * A family of GPUs for which kernels are generated. PTX for a target runs on every later compute capability too, but that for
 * {@link #SM_90A}, whose instructions no other generation has.
 */
public enum Target {
    /** Compute capability 6.1 and later: {@code dp4a}. PTX ISA 5.0 introduced it. */
    SM_61(61, "5.0"),
    /** Compute capability 7.5 and later: {@code mma.m8n8k16} on bytes, and {@code ldmatrix}. PTX ISA 6.5 introduced them. */
    SM_75(75, "6.5"),
    /** Compute capability 8.0 and later: {@code mma.m16n8k32} on bytes, and {@code cp.async}. PTX ISA 7.0 introduced them. */
    SM_80(80, "7.0"),
    /**
     * Compute capability 9.0 alone: {@code wgmma} on bytes, and launches that begin before their predecessor has ended. PTX ISA
     * 8.0 introduced them.
     */
    SM_90A(90, "8.0");

    private final int capability;
    private final String ptxVersion;

    Target(int capability, String ptxVersion) {
        this.capability = capability;
        this.ptxVersion = ptxVersion;
    }

    /** Ten times the major plus the minor compute capability. */
    public int capability() {
        return capability;
    }

    /** A compute capability as NVIDIA writes it, such as {@code 9.0}, from ten times its major plus its minor number. */
    public static String capabilityText(int capability) {
        return capability / 10 + "." + capability % 10;
    }

    /** Whether a device runs this target's kernels, by ten times the major plus the minor compute capability. */
    public boolean runsOn(int device) {
        return this == SM_90A ? device == capability : device >= capability;
    }

    /** The best of some targets for a device, by ten times the major plus the minor compute capability; empty if it runs none. */
    public static Optional<Target> best(Collection<Target> targets, int device) {
        return targets.stream()
                .filter(target -> target.runsOn(device))
                .max(Comparator.comparingInt(Target::capability));
    }

    /** Lowest PTX ISA version that has this target's instructions. */
    public String ptxVersion() {
        return ptxVersion;
    }

    /** The name in paths and in PTX, for example {@code sm_61}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
