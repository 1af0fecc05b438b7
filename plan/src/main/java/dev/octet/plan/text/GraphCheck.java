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

    /** Pixels or floats at the inputs, floats at the outputs, and integers with a scale between them. */
    private static void requireQuantized(Node node, List<Node> makers) {
        Op op = node.op();
        List<TensorType> operands = makers.stream().map(Node::type).toList();
        boolean isFloat = node.type().element() == ElementType.F32;
        boolean isArray =
                isFloat || node.type().storage().isEmpty() || node.type().bytesPerImage() <= Integer.MAX_VALUE;
        require(node, isArray, "has more than 2^31 - 1 bytes");
        if (op instanceof Op.Input) {
            boolean pixels = node.type().element() == ElementType.U8
                    && node.type().scale().isEmpty();
            require(node, pixels || isFloat, "is an input, but neither pixels nor floats");
        } else if (op instanceof Op.Output) {
            require(node, isFloat && operands.get(0).element() == ElementType.F32, "is an output, but not of floats");
        } else {
            require(node, canRead(op, makers), "cannot read what its operands are");
            require(node, isFloat ? writesFloat(op) : hasScale(node), "is of a wrong type");
            boolean shares = op.keepsScale() || op instanceof Op.Concat;
            boolean scaled = !shares || operands.stream().allMatch(type -> sameScale(type, node.type()));
            require(node, scaled, "has another type or another scale than an operand");
        }
    }

    private static boolean canRead(Op op, List<Node> makers) {
        if (op instanceof Op.Softmax) {
            return makers.get(0).type().element() == ElementType.F32;
        }
        boolean ofInput = op instanceof Op.Quantize;
        return makers.stream()
                .allMatch(maker -> maker.op() instanceof Op.Input == ofInput
                        && (ofInput || maker.type().element().isInteger()));
    }

    private static boolean writesFloat(Op op) {
        return op instanceof Op.Conv2d
                || op instanceof Op.Dense
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
