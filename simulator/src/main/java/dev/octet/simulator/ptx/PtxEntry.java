package dev.octet.simulator.ptx;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A kernel.
 *
 * @param line line
 * @param name its name
 * @param parameters parameters in order
 * @param mostThreads threads per block that it permits; empty if it does not say
 * @param exactThreads threads per block that it requires; empty if it does not say
 * @param body its statements
 */
public record PtxEntry(
        int line,
        String name,
        List<Variable> parameters,
        Optional<Integer> mostThreads,
        Optional<Integer> exactThreads,
        List<Statement> body) {
    public PtxEntry {
        Objects.requireNonNull(name);
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(mostThreads);
        Objects.requireNonNull(exactThreads);
        body = List.copyOf(body);
    }
}
