package dev.octet.simulator.ptx;

import java.util.List;
import java.util.Objects;

/**
 * A module.
 *
 * @param version version of PTX that it is written in, such as {@code 7.0}
 * @param target GPU family, such as {@code sm_80}
 * @param variables variables outside of all kernels
 * @param entries kernels, in order
 */
public record PtxModule(String version, String target, List<Variable> variables, List<PtxEntry> entries) {
    public PtxModule {
        Objects.requireNonNull(version);
        Objects.requireNonNull(target);
        variables = List.copyOf(variables);
        entries = List.copyOf(entries);
    }
}
