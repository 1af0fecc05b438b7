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
        List<Node> makers = node.inputs().stream().map(nodes::get).toList();
        List<TensorType> operands = makers.stream().map(Node::type).toList();
        if (quantized) {
            requireQuantized(node, makers);
        } else {
            require(node, node.type().element() == ElementType.F32, "is not f32 in a float graph");
            require(node, !convertsIntegers(node.op()), "converts integers in a float graph");
        }
        boolean ofHost = makers.stream().anyMatch(maker -> maker.op() instanceof Op.Softmax);
        require(node, !ofHost || node.op() instanceof Op.Output, "reads a softmax, which only outputs do");
        node.op()
                .accept(new ShapeRules(
                        node, operands.stream().map(TensorType::shape).toList()));
    }

    private static boolean convertsIntegers(Op op) {
        return op instanceof Op.Quantize || op instanceof Op.Requantize || op instanceof Op.Dequantize;
    }

    /**
     * Pixels or floats at the inputs, floats at the outputs, and between them integers with a scale, or floats of marked
     * nodes.
     */
    private static void requireQuantized(Node node, List<Node> makers) {
        Op op = node.op();
        List<TensorType> operands = makers.stream().map(Node::type).toList();
        boolean isFloat = isFloat(node.type());
        boolean isArray =
                isFloat || node.type().storage().isEmpty() || node.type().bytesPerImage() <= Integer.MAX_VALUE;
        require(node, isArray, "has more than 2^31 - 1 bytes");
        if (op instanceof Op.Input) {
            boolean pixels = !isFloat
                    && node.type().element() == ElementType.U8
                    && node.type().scale().isEmpty();
            require(node, pixels || isFloat, "is an input, but neither pixels nor floats");
        } else if (op instanceof Op.Output) {
            require(node, isFloat && isFloat(operands.get(0)), "is an output, but not of floats");
        } else {
            require(node, !node.fp32() || !isBorder(op), "is at a border, where nothing is computed in FP32");
            require(node, canRead(node, makers), "cannot read what its operands are");
            require(node, isFloat ? writesFloat(node) : hasScale(node), "is of a wrong type");
            boolean shares = !node.fp32() && (op.keepsScale() || op instanceof Op.Concat);
            boolean scaled = !shares || operands.stream().allMatch(type -> type.hasNumbersOf(node.type()));
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

    private static boolean canRead(Node node, List<Node> makers) {
        Op op = node.op();
        if (op instanceof Op.Softmax) {
            return isFloat(makers.get(0).type());
        }
        boolean ofInput = op instanceof Op.Quantize;
        boolean ofFloats = node.fp32() || op instanceof Op.Dequantize || op instanceof Op.Requantize;
        return makers.stream()
                .allMatch(maker ->
                        maker.op() instanceof Op.Input == ofInput && (ofInput || ofFloats || !isFloat(maker.type())));
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
