package dev.octet.toolchain;

import dev.octet.plan.Target;

/**
 * Names by which compilers and assemblers know a machine. Instructions that one generation alone has are asked for by an
 * {@code a} behind the number, by the target as by the machine.
 */
final class Architecture {
    private Architecture() {}

    /** The machine that assemblers make code for, such as {@code sm_80} or {@code sm_90a}. */
    static String assembled(Target target, int machine) {
        return "sm_" + machine + suffix(target);
    }

    /** The machine that compilers write PTX for, such as {@code compute_80} or {@code compute_90a}. */
    static String compiled(Target target, int machine) {
        return "compute_" + machine + suffix(target);
    }

    private static String suffix(Target target) {
        return target.text().endsWith("a") ? "a" : "";
    }
}
