package dev.octet.compiler.onnx;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Region;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.text.GraphText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One operator of a quantised graph on the oracle, with the constants that {@link NodeConstants} computes from the scales
 * and weights.
 */
final class OneOperator {
    private static final Shape IMAGE = Shape.of(1, 1, 256);

    private final StringBuilder text = new StringBuilder("graph quantized\n%0 image : u8" + IMAGE + " = input()\n");
    private final Map<String, Double> scales = new HashMap<>();
    private final Map<Integer, Tensor> operands = new HashMap<>();
    private ImageFormat image = pixels(0);
    private QuantizedLayer layer;

    /** Adds an operand; the first one is %1. */
    OneOperator operand(ElementType element, double scale, ByteTensor value) {
        int id = operands.size() + 1;
        define(id, "x" + id, element, value.shape(), scale, "quantize(%0)");
        operands.put(id, value);
        return this;
    }

    /** The weights of the layer {@code layer}. */
    OneOperator weights(QuantizedLayer weights) {
        layer = weights;
        return this;
    }

    private void define(int id, String name, ElementType element, Shape shape, double scale, String operator) {
        String key = element.isInteger() ? " scale " + name : "";
        text.append("%%%d %s : %s%s%s = %s\n".formatted(id, name, element.text(), shape, key, operator));
        scales.put(name, scale);
    }

    /** The result of an operator in the text form of graphs, which reads %1 and so on; a float result has scale 1. */
    Tensor run(String operator, ElementType element, Shape shape, double scale) {
        int id = operands.size() + 1;
        define(id, "y", element, shape, scale, operator);
        return run(id, List.copyOf(operands.keySet()));
    }

    private Tensor run(int result, List<Integer> inputs) {
        Graph graph = GraphText.parse(text + "end\n");
        List<Port> ports = List.of(new Port("image", IMAGE, Optional.of(image)));
        NodeConstants constants = NodeConstants.of(graph, ports, new Scales(scales), name -> layer);
        Region region = new Region(List.of(result), inputs, List.of(result));
        return Interpreter.ofQuantized(graph, constants, name -> layer)
                .run(region, operands)
                .get(result);
    }

    /** The bytes of an integer result. */
    int[] bytes(String operator, ElementType element, Shape shape, double scale) {
        return ((ByteTensor) run(operator, element, shape, scale)).values();
    }

    /** The values of a float result. */
    float[] floats(String operator, Shape shape) {
        return ((FloatTensor) run(operator, ElementType.F32, shape, 1)).values();
    }

    /** Quantises the 256 numbers that a format gives to the bytes of a gray image. */
    static int[] quantize(ImageFormat format, ElementType element, double scale) {
        OneOperator one = new OneOperator();
        one.image = format;
        one.operands.put(0, new ByteTensor(IMAGE, IntStream.range(0, 256).toArray()));
        one.define(1, "y", element, IMAGE, scale, "quantize(%0)");
        return ((ByteTensor) one.run(1, List.of(0))).values();
    }

    /** Quantises a number, as the byte 0 of an image that stands for it. */
    static int quantize(float value, ElementType element, double scale) {
        return quantize(pixels(value), element, scale)[0];
    }

    private static ImageFormat pixels(float zero) {
        return new ImageFormat(ChannelOrder.GRAY, 1, List.of(-zero), List.of(1f));
    }

    static String conv2d(Window window, int groups) {
        String grouped = groups == 1 ? "" : " groups=" + groups;
        return "conv2d(%1) layer=layer weight=tensor(w,[1,1,1,1]) bias=none" + text(window) + grouped;
    }

    static String dense() {
        return "dense(%1) layer=layer weight=tensor(w,[1,1]) bias=none";
    }

    static String text(Window w) {
        return " window=%dx%d stride=%dx%d%s pad=%d,%d,%d,%d"
                .formatted(
                        w.kernelH(),
                        w.kernelW(),
                        w.strideH(),
                        w.strideW(),
                        w.isDilated() ? " dilation=" + w.dilationH() + "x" + w.dilationW() : "",
                        w.top(),
                        w.left(),
                        w.bottom(),
                        w.right());
    }

    /** Ends the text of a layer: U8 results come from a ReLU, others have no activation. */
    static String epilogue(ElementType element) {
        return " activation=" + (element == ElementType.U8 ? "relu" : "none") + " residual=false";
    }

    private record Scales(Map<String, Double> byName) implements Ranges {
        @Override
        public float amax(String value) {
            throw new UnsupportedOperationException("the scale of " + value + " is given");
        }

        @Override
        public double scale(TensorType type) {
            return byName.get(type.scale().orElseThrow());
        }
    }
}
