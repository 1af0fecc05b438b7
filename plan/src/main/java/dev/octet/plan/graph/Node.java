package dev.octet.plan.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One operator application and the value it makes.
 *
 * @param id number of the value, unique in its graph
 * @param name name of the value, unique in its graph; for traced values the calibration key
 * @param op operator
 * @param inputs ids of the operands
 * @param type type of the value
 * @param line where the definition made it
 */
public record Node(int id, String name, Op op, List<Integer> inputs, TensorType type, Optional<SourceLine> line) {
    public Node {
        Objects.requireNonNull(name);
        Objects.requireNonNull(op);
        Objects.requireNonNull(type);
        Objects.requireNonNull(line);
        inputs = List.copyOf(inputs);
        if (id < 0) {
            throw new IllegalArgumentException("ids are not negative: " + id);
        }
        if (inputs.size() != op.arity()) {
            throw new IllegalArgumentException(name + ": " + op + " takes " + op.arity() + " operands, got " + inputs);
        }
    }

    /** The only operand of a unary operator, or the first of several. */
    public int input() {
        return inputs.get(0);
    }
}
