package dev.octet.compiler.onnx;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.onnx.AffineLayer.Result;
import dev.octet.compiler.onnx.Layers.Quantity;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The node of a conformance case, computed by the oracle. Attributes and inputs beyond those of the cases are refused. */
final class OnnxNode {
    private final String operator;
    private final List<Optional<TensorData>> inputs;
    private final Map<String, List<Integer>> attributes;

    OnnxNode(OnnxCase node) {
        operator = node.operators().get(0);
        inputs = node.inputs();
        attributes = node.attributes();
    }

    private TensorData input(int index) {
        return inputs.get(index).orElseThrow();
    }

    private Optional<TensorData> optional(int index) {
        return index < inputs.size() ? inputs.get(index) : Optional.empty();
    }

    /** The first output of an operator that makes integers of integers. */
    int[] integers() {
        return switch (operator) {
            case "QLinearConv" -> Layers.convolution(quantity(0), quantity(3), Optional.of(result(6)), attributes);
            case "QLinearMatMul" -> Layers.product(quantity(0), quantity(3), Optional.of(result(6)));
            case "ConvInteger" -> Layers.convolution(unscaled(0, 2), unscaled(1, 3), Optional.empty(), attributes);
            case "MatMulInteger" -> Layers.product(unscaled(0, 2), unscaled(1, 3), Optional.empty());
            case "MaxPool" -> maxPool();
            case "Max" -> larger();
            case "Add" -> sum();
            case "Mul" -> gated();
            case "Clip" -> clipped();
            default -> throw new IllegalArgumentException("no way to compute " + operator);
        };
    }

    private Quantity quantity(int first) {
        return new Quantity(input(first), Optional.of(input(first + 1)), Optional.of(input(first + 2)));
    }

    private Quantity unscaled(int values, int zeroPoint) {
        return new Quantity(input(values), Optional.empty(), optional(zeroPoint));
    }

    private Result result(int scale) {
        return Layers.result(input(scale).floats()[0], input(scale + 1));
    }

    private static ElementType element(TensorData tensor) {
        return tensor.type() == OnnxType.INT8 ? ElementType.S8 : ElementType.U8;
    }

    /** Elements one beside the other. */
    private ByteTensor flat(int index, int channels) {
        int[] values = input(index).integers();
        return new ByteTensor(Shape.of(channels, 1, values.length / channels), values);
    }

    private int[] maxPool() {
        TensorData x = input(0);
        Window window = Layers.window(attributes.get("kernel_shape"), attributes);
        Shape in = Shape.of(x.dim(0) * x.dim(1), x.dim(2), x.dim(3));
        Shape out = Shape.of(in.channels(), window.outHeight(in.height()), window.outWidth(in.width()));
        return new OneOperator()
                .operand(element(x), 1, new ByteTensor(in, x.integers()))
                .bytes("maxpool(%1)" + OneOperator.text(window), element(x), out, 1);
    }

    /** The larger of two values is the largest of a window that sees one above the other. */
    private int[] larger() {
        int[] first = input(0).integers();
        int[] second = input(1).integers();
        int[] both = new int[2 * first.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, first.length);
        return new OneOperator()
                .operand(element(input(0)), 1, new ByteTensor(Shape.of(1, 2, first.length), both))
                .bytes(
                        "maxpool(%1) window=2x1 stride=1x1 pad=0,0,0,0",
                        element(input(0)), Shape.of(1, 1, first.length), 1);
    }

    private int[] sum() {
        int elements = input(0).elements();
        return new OneOperator()
                .operand(element(input(0)), 1, flat(0, 1))
                .operand(element(input(1)), 1, flat(1, 1))
                .bytes("add(%1,%2) activation=none", element(input(0)), Shape.of(1, 1, elements), 1);
    }

    /** A gate is a factor of a channel, so that each element is a channel. */
    private int[] gated() {
        int elements = input(0).elements();
        return new OneOperator()
                .operand(element(input(0)), 1, flat(0, elements))
                .operand(element(input(1)), 1, flat(1, elements))
                .bytes("gate(%1,%2)", element(input(0)), Shape.of(elements, 1, 1), 1);
    }

    private int[] clipped() {
        Optional<TensorData> lower = optional(1);
        if (lower.stream().anyMatch(limit -> limit.integers()[0] != 0)
                || optional(2).isPresent()) {
            throw new IllegalArgumentException("Clip with other limits than a lower one of 0");
        }
        String operator = lower.isPresent() ? "activate(%1) activation=relu" : "requantize(%1)";
        int elements = input(0).elements();
        return new OneOperator()
                .operand(element(input(0)), 1, flat(0, 1))
                .bytes(operator, element(input(0)), Shape.of(1, 1, elements), 1);
    }
}
