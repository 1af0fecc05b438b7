package dev.octet.compiler.interp;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.launch.Region;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Evaluates a graph on one image with naive loops over logical coordinates: what every device must equal to the bit.
 *
 * <p>Float stages: a layer's accumulator starts at 0 and takes {@code acc = fma(x, w, acc)} over kernel rows, then
 * columns, then input channels, leaving out taps on padding; then {@code acc + bias}, then {@code + residual}, then the
 * activation. A dense layer is a convolution whose window is its whole operand. A global average sums row by row from 0
 * and multiplies with {@code (float) (1.0 / pixels)}. A separate batch normalisation, which only traced graphs have and
 * no device computes, is evaluated in double and rounded once.
 *
 * <p>Integer stages: exact int32 sums, then the {@link dev.octet.plan.quant.Constants} of the node in the order that
 * they document.
 *
 * <p>Operators of integer stages that stay in FP32 are those of float stages, between the {@link
 * dev.octet.plan.quant.Constants.FloatBorder} of the node.
 */
public final class Interpreter {
    private final Graph graph;
    private final Evaluator evaluator;

    private Interpreter(Graph graph, Evaluator evaluator) {
        this.graph = graph;
        this.evaluator = evaluator;
    }

    /** Evaluates one node from the values of its operands. */
    @FunctionalInterface
    private interface Evaluator {
        Tensor value(Node node, List<Tensor> operands);
    }

    /** An interpreter of a float graph, traced, folded or fused. */
    public static Interpreter ofFloat(Graph graph, FloatLayers layers) {
        if (graph.stage().compareTo(Stage.QUANTIZED) >= 0) {
            throw new IllegalArgumentException("not a float graph: " + graph.stage());
        }
        return new Interpreter(
                graph, (node, operands) -> node.op().accept(new FloatArithmetic(layers, node, operands)));
    }

    /**
     * An interpreter of a quantised graph, laid out or not, of which no operator stays in FP32; {@code layers} finds
     * quantised weights by layer name.
     */
    public static Interpreter ofQuantized(
            Graph graph, NodeConstants constants, Function<String, QuantizedLayer> layers) {
        return ofQuantized(graph, constants, layers, name -> {
            throw new IllegalArgumentException("no float layer " + name);
        });
    }

    /** An interpreter of a quantised graph, laid out or not; the functions find weights by layer name. */
    public static Interpreter ofQuantized(
            Graph graph,
            NodeConstants constants,
            Function<String, QuantizedLayer> layers,
            Function<String, FloatLayer> floats) {
        if (graph.stage().compareTo(Stage.QUANTIZED) < 0) {
            throw new IllegalArgumentException("not a quantised graph: " + graph.stage());
        }
        return new Interpreter(graph, (node, operands) -> {
            Constants found = constants.of(node).orElse(null);
            return node.fp32()
                    ? MixedArithmetic.value(name -> FloatLayers.Layer.of(floats.apply(name)), found, node, operands)
                    : node.op().accept(new IntegerArithmetic(layers, found, node, operands));
        });
    }

    /**
     * Values of all nodes.
     *
     * @param inputs by port: floats for a float graph; raw pixels or floats, as the input's type is, for a quantised one
     * @return by value name
     */
    public SortedMap<String, Tensor> run(Map<String, ? extends Tensor> inputs) {
        SortedMap<Integer, Tensor> values = new TreeMap<>();
        for (Node node : graph.nodes()) {
            boolean isInput = node.op() instanceof Op.Input;
            values.put(node.id(), isInput ? input(node, inputs.get(node.name())) : evaluate(node, values));
        }
        SortedMap<String, Tensor> named = new TreeMap<>();
        graph.nodes().forEach(node -> named.put(node.name(), values.get(node.id())));
        return Collections.unmodifiableSortedMap(named);
    }

    /**
     * Values that a region writes. Values inside are rounded exactly as if every operator ran alone.
     *
     * @param operands by value id, all that the region reads
     * @return by value id, the region's outputs
     */
    public SortedMap<Integer, Tensor> run(Region region, Map<Integer, ? extends Tensor> operands) {
        SortedMap<Integer, Tensor> values = new TreeMap<>();
        for (int input : region.inputs()) {
            values.put(input, input(graph.node(input), operands.get(input)));
        }
        for (int id : region.ops()) {
            values.put(id, evaluate(graph.node(id), values));
        }
        values.keySet().retainAll(region.outputs());
        return Collections.unmodifiableSortedMap(values);
    }

    private Tensor evaluate(Node node, Map<Integer, Tensor> values) {
        List<Tensor> operands = node.inputs().stream().map(values::get).toList();
        if (operands.contains(null)) {
            throw new IllegalArgumentException(node.name() + " needs a value that is not there");
        }
        return evaluator.value(node, operands);
    }

    private static Tensor input(Node node, Tensor value) {
        Shape expected = node.type().shape();
        if (value == null || !value.shape().equals(expected)) {
            throw new IllegalArgumentException(node.name() + " needs a value of shape " + expected);
        }
        boolean wantsBytes = node.type().element().isInteger();
        if (wantsBytes != value instanceof ByteTensor) {
            throw new IllegalArgumentException(
                    node.name() + " is " + node.type().element() + ", not " + value);
        }
        return value;
    }
}
