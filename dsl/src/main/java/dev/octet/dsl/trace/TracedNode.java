package dev.octet.dsl.trace;

import java.util.List;

/**
 * One call of a definition.
 *
 * @param id number of the value, from 0 in call order
 * @param name name of the value, unique in the network; calibration key
 * @param op operator
 * @param inputs ids of the operands
 * @param shape shape of the value: [channels, height, width] or [features]
 * @param line first stack frame outside the definition language
 */
public record TracedNode(
        int id, String name, TracedOp op, List<Integer> inputs, List<Integer> shape, StackTraceElement line) {
    public TracedNode {
        inputs = List.copyOf(inputs);
        shape = List.copyOf(shape);
    }
}
