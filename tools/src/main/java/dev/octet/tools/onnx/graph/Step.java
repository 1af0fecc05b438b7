package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Attribute;
import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.file.Constant.Kind;
import dev.octet.tools.onnx.file.ModelNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The translation of one node.
 *
 * @param node the node
 * @param operands what its operands stand for; null where one is left out
 * @param opset version of ONNX's operators
 * @param batch what the model takes the batch for, most often 1
 * @param order its place among the nodes
 */
record Step(ModelNode node, List<Operand> operands, int opset, int batch, long order) {
    /** Number of operands, those left out included. */
    int count() {
        return operands.size();
    }

    boolean has(int index) {
        return index < operands.size() && operands.get(index) != null;
    }

    boolean isConstant(int index) {
        return has(index) && operands.get(index) instanceof Operand.Fixed;
    }

    boolean isValue(int index) {
        return has(index) && operands.get(index) instanceof Operand.Computed;
    }

    /** An operand that must be computed from the network's inputs. */
    Value value(int index) {
        if (has(index) && operands.get(index) instanceof Operand.Computed computed) {
            return computed.value();
        }
        throw new Refusal(has(index) ? "operand " + index + " is a constant" : "operand " + index + " is missing");
    }

    /** An operand that must be an image. */
    Value image(int index) {
        Value value = value(index);
        if (!value.isImage()) {
            throw new Refusal("it needs an image [N, channels, height, width]");
        }
        return value;
    }

    /** An operand that must be known. */
    Constant constant(int index) {
        if (isConstant(index)) {
            return ((Operand.Fixed) operands.get(index)).constant();
        }
        throw new Refusal("operand " + index + (has(index) ? " is not a constant" : " is missing"));
    }

    /** A known operand of floats. */
    Constant floats(int index) {
        return floats(constant(index), "operand " + index);
    }

    private static Constant floats(Constant constant, String what) {
        if (constant.kind() != Kind.FLOAT) {
            throw new Refusal(what + " is of type " + constant.type() + ", not FLOAT");
        }
        return constant;
    }

    /** A known operand of few integers. */
    long[] integers(int index) {
        Constant constant = constant(index);
        if (constant.kind() != Kind.INTEGER || constant.size() > 1000) {
            throw new Refusal("operand " + index + " is not a short vector of integers, but " + constant);
        }
        return constant.integers();
    }

    /** Integers that are an operand in later versions of an operator, and an attribute in earlier ones. */
    Optional<long[]> integers(int index, String attribute) {
        if (has(index)) {
            return Optional.of(integers(index));
        }
        Attribute found = node.attributes().get(attribute);
        return found == null
                ? Optional.empty()
                : Optional.of(found.integers().stream().mapToLong(x -> x).toArray());
    }

    /** A float that is an operand in later versions of an operator, and an attribute in earlier ones. */
    float decimal(int index, String attribute, float absent) {
        if (has(index)) {
            Constant constant = floats(index);
            if (constant.size() != 1) {
                throw new Refusal("operand " + index + " is not one number, but " + constant);
            }
            return constant.floats()[0];
        }
        return node.decimal(attribute, absent);
    }

    /** A constant of floats that are to be computed with. */
    Constant inMemory(Constant constant) {
        if (!constant.fits()) {
            throw new Refusal("its constant " + constant + " is too large to be changed");
        }
        return floats(constant, "the constant");
    }

    /** The operand's extents, the batch first. */
    List<Integer> dims(Value value) {
        List<Integer> dims = new ArrayList<>(List.of(batch));
        dims.addAll(value.shape());
        return dims;
    }

    /** An axis of an operand of that many, counted from the end if it is negative. */
    int axis(long axis, int rank) {
        long positive = axis < 0 ? axis + rank : axis;
        if (positive < 0 || positive >= rank) {
            throw new Refusal("axis " + axis + " of " + rank);
        }
        return (int) positive;
    }

    /** A result named after its layer. */
    Value result(Call call, List<Integer> shape, String hint, Value... of) {
        return new Value(call, List.of(of), shape, hint, Optional.of(node), order);
    }

    /** A result. */
    Value result(Call call, List<Integer> shape, Value... of) {
        return result(call, shape, node.label(), of);
    }

    /** What the nodes's operand is called in the model. */
    String nameOf(int index) {
        return node.inputs().get(index);
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Refusal(otherwise);
        }
    }

    /** A whole number of the model that the definition language takes. */
    int small(long number, String what) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new Refusal(what + " is " + number);
        }
        return (int) number;
    }
}
