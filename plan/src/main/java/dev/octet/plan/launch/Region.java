package dev.octet.plan.launch;

import java.util.List;

/**
 * Operators that one kernel computes. Values made and used only inside are internal: they have no buffer, and are
 * requantised exactly as if every operator ran alone.
 *
 * @param ops ids of the nodes, in order
 * @param inputs values read from memory, in order of first use
 * @param outputs values written to memory, in order
 */
public record Region(List<Integer> ops, List<Integer> inputs, List<Integer> outputs) {
    public Region {
        ops = List.copyOf(ops);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (ops.isEmpty() || outputs.isEmpty() || !ops.containsAll(outputs)) {
            throw new IllegalArgumentException("a region makes its outputs: " + ops + " -> " + outputs);
        }
        if (inputs.stream().anyMatch(ops::contains)) {
            throw new IllegalArgumentException("a region does not read its own values: " + ops + ", " + inputs);
        }
    }
}
