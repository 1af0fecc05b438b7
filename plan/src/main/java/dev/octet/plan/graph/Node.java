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
 * @param fp32 whether a quantised graph computes the operator in float arithmetic: it reads integers as the numbers that
 *     they stand for, and rounds only a result that is of an integer type. No operator of a float graph is marked
 */
public record Node(
        int id, String name, Op op, List<Integer> inputs, TensorType type, Optional<SourceLine> line, boolean fp32) {
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

    /** A node that is not marked. */
    public Node(int id, String name, Op op, List<Integer> inputs, TensorType type, Optional<SourceLine> line) {
        this(id, name, op, inputs, type, line, false);
    }

    /** The same node with another type. */
    public Node withType(TensorType other) {
        return new Node(id, name, op, inputs, other, line, fp32);
    }

    /**
     * Whether the value's floats lie in (channel, row, column) order, as a network's caller reads them, and not pixel after
     * pixel: all do but those that operators of a quantised graph make for each other.
     */
    public boolean isLogicalOrder() {
        return type.element() == ElementType.F32 && !fp32 && !(op instanceof Op.Quantize);
    }

    /** Name of the layer whose weights the operator reads; empty if it reads none. */
    public Optional<String> layer() {
        if (op instanceof Op.Conv2d conv) {
            return Optional.of(conv.layer());
        }
        return op instanceof Op.Dense dense ? Optional.of(dense.layer()) : Optional.empty();
    }

    /** Whether the host makes the value, from one that a device has made: outputs, and softmaxes before them. */
    public boolean isHosts() {
        return op instanceof Op.Output || op instanceof Op.Softmax;
    }

    /** The only operand of a unary operator, or the first of several. */
    public int input() {
        return inputs.get(0);
    }
}
