package dev.octet.plan.text;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import java.util.List;
import java.util.Map;

/**
 * Whether shapes, weights and element types of a plan's graph follow from its operators, which devices take for granted:
 * a window that reaches beyond its image would read other values' memory. Throws {@link IllegalArgumentException}.
 */
final class GraphCheck {
    private final Map<Integer, Node> nodes;
    private final boolean quantized;

    private GraphCheck(Graph graph) {
        this.nodes = graph.byId();
        this.quantized = graph.stage() == Stage.LAID_OUT;
    }

    static void require(Graph graph) {
        GraphCheck check = new GraphCheck(graph);
        graph.nodes().forEach(check::require);
    }

    private void require(Node node) {
        List<TensorType> operands =
                node.inputs().stream().map(id -> nodes.get(id).type()).toList();
        requireElements(node, operands);
        node.op()
                .accept(new ShapeRules(
                        node, operands.stream().map(TensorType::shape).toList()));
    }

    private void requireElements(Node node, List<TensorType> operands) {
        if (quantized) {
            requireQuantized(node, operands);
        } else {
            require(node, isFloat(node.type()) && !node.fp32(), "is not f32 in a float graph, or is marked there");
        }
    }

    /** Pixels at the inputs, floats at the outputs, and between them integers with a scale, or floats of marked nodes. */
    private void requireQuantized(Node node, List<TensorType> operands) {
        Op op = node.op();
        boolean isFloat = isFloat(node.type());
        if (op instanceof Op.Input) {
            boolean pixels = !isFloat
                    && node.type().element() == ElementType.U8
                    && node.type().scale().isEmpty();
            require(node, pixels, "is an input, but no pixels");
        } else if (op instanceof Op.Output) {
            require(node, isFloat && isFloat(operands.get(0)), "is an output, but not of floats");
        } else {
            require(node, !node.fp32() || !isBorder(op), "is at a border, where nothing is computed in FP32");
            require(node, canRead(node, operands), "cannot read what its operands are");
            require(node, isFloat ? writesFloat(node) : hasScale(node), "is of a wrong type");
            boolean shares = !node.fp32() && (op.keepsScale() || op instanceof Op.Concat);
            boolean scaled = !shares || operands.stream().allMatch(type -> sameScale(type, node.type()));
            require(node, scaled, "has another type or another scale than an operand");
        }
    }

    private static boolean isFloat(TensorType type) {
        return type.element() == ElementType.F32;
    }

    /** Operators that change the kind of numbers and have no arithmetic of their own. */
    private static boolean isBorder(Op op) {
        return op instanceof Op.Quantize
                || op instanceof Op.Dequantize
                || op instanceof Op.Requantize
                || op instanceof Op.Softmax;
    }

    private static boolean canRead(Node node, List<TensorType> operands) {
        Op op = node.op();
        if (op instanceof Op.Softmax) {
            return isFloat(operands.get(0));
        }
        boolean ofPixels = op instanceof Op.Quantize;
        boolean ofFloats = node.fp32() || op instanceof Op.Dequantize || op instanceof Op.Requantize;
        return operands.stream()
                .allMatch(type -> isFloat(type) ? ofFloats : type.scale().isEmpty() == ofPixels);
    }

    private static boolean writesFloat(Node node) {
        Op op = node.op();
        return node.fp32()
                || op instanceof Op.Conv2d
                || op instanceof Op.Dense
                || op instanceof Op.Quantize
                || op instanceof Op.Dequantize
                || op instanceof Op.Softmax;
    }

    private static boolean sameScale(TensorType x, TensorType y) {
        return x.element() == y.element() && x.scale().equals(y.scale());
    }

    private static boolean hasScale(Node node) {
        return node.type().scale().isPresent()
                && !(node.op() instanceof Op.Dequantize)
                && !(node.op() instanceof Op.Softmax);
    }

    static void require(Node node, boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("%" + node.id() + " " + node.name() + " " + rule);
        }
    }
}
