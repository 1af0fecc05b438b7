package dev.octet.plan.quant;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.weights.WeightsCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Computes the {@link Constants} of the nodes of a quantised graph. Every number is computed in double and rounded to
 * float once; every device and the oracle take them from here, so that their bits agree.
 */
public final class NodeConstants {
    private final Graph graph;
    private final List<Port> inputs;
    private final Ranges ranges;
    private final Function<String, QuantizedLayer> layers;

    private NodeConstants(Graph graph, List<Port> inputs, Ranges ranges, Function<String, QuantizedLayer> layers) {
        this.graph = graph;
        this.inputs = inputs;
        this.ranges = ranges;
        this.layers = layers;
    }

    /** Constants of a plan's quantised graph; {@code layers} finds quantised weights by layer name. */
    public static NodeConstants of(Plan plan, Ranges ranges, Function<String, QuantizedLayer> layers) {
        return of(plan.int8(), plan.inputs(), ranges, layers);
    }

    /** Constants of a quantised graph with the given input ports. */
    public static NodeConstants of(
            Graph graph, List<Port> inputs, Ranges ranges, Function<String, QuantizedLayer> layers) {
        return new NodeConstants(graph, inputs, ranges, layers);
    }

    /**
     * The constants of a node; empty for operators that have none. Throws {@link OctetException}
     * {@link PlanCode#UNUSABLE} if one is not finite, {@link WeightsCode#DAMAGED} if the layer's weights are missing or
     * have other sizes.
     */
    public Optional<Constants> of(Node node) {
        ForNode constants = new ForNode(node);
        return Optional.ofNullable(
                node.fp32() ? constants.floatBorder() : node.op().accept(constants));
    }

    /** The constants of all nodes that have some, by id; throws what {@link #of(Node)} does. */
    public Map<Integer, Constants> all() {
        Map<Integer, Constants> constants = new HashMap<>();
        for (Node node : graph.nodes()) {
            of(node).ifPresent(some -> constants.put(node.id(), some));
        }
        return constants;
    }

    private TensorType operand(Node node, int index) {
        return graph.node(node.inputs().get(index)).type();
    }

    /** Real number of one step; 1 for float, which makes the same formulas give unquantised results. */
    private double step(TensorType type) {
        return type.element().isInteger() ? ranges.scale(type) : 1.0;
    }

    private static float low(ElementType element, Activation activation) {
        float low = element.isInteger() ? element.min() : Float.NEGATIVE_INFINITY;
        return activation.isNonNegative() ? Math.max(low, 0) : low;
    }

    /** The upper limit of the type and of the activation, which is a real number, in steps. */
    private float high(TensorType type, Activation activation) {
        float high = type.element().isInteger() ? type.element().max() : Float.POSITIVE_INFINITY;
        return Math.min(high, (float) (activation.upper() / step(type)));
    }

    /** One method per operator; null where an operator has no constants. */
    private final class ForNode implements OpVisitor<Constants> {
        private final Node node;
        private final TensorType out;

        ForNode(Node node) {
            this.node = node;
            this.out = node.type();
        }

        /** Constants of an operator in float arithmetic: none if no operand and no result is an integer. */
        Constants floatBorder() {
            float[] scale = new float[node.inputs().size()];
            boolean integers = out.element().isInteger();
            for (int i = 0; i < scale.length; i++) {
                scale[i] = rounded(step(operand(node, i)));
                integers |= operand(node, i).element().isInteger();
            }
            return integers
                    ? new Constants.FloatBorder(
                            scale,
                            rounded(1.0 / step(out)),
                            low(out.element(), Activation.NONE),
                            high(out, Activation.NONE))
                    : null;
        }

        @Override
        public Constants conv2d(Op.Conv2d op) {
            int in = operand(node, 0).shape().channels() / op.groups();
            return epilogue(layer(op.layer(), op.window().taps(), in), op.epilogue());
        }

        @Override
        public Constants dense(Op.Dense op) {
            Shape in = operand(node, 0).shape();
            return epilogue(layer(op.layer(), in.pixels(), in.channels()), op.epilogue());
        }

        /** The layer's weights, of the sizes that the graph has: devices compute with the graph's. */
        private QuantizedLayer layer(String name, int taps, int in) {
            QuantizedLayer layer = layers.apply(name);
            int out = this.out.shape().channels();
            if (layer == null || layer.out() != out || layer.taps() != taps || layer.in() != in) {
                String wanted = "layer '" + name + "' of " + out + "x" + taps + "x" + in + " weights";
                throw new OctetException(WeightsCode.DAMAGED, "The file of quantised weights", "it has no " + wanted);
            }
            return layer;
        }

        /** Rounds once, and refuses what would make every device compute with infinities. */
        private float rounded(double constant) {
            float rounded = (float) constant;
            if (!Float.isFinite(rounded)) {
                throw new OctetException(PlanCode.UNUSABLE, node.name(), constant);
            }
            return rounded;
        }

        private Constants epilogue(QuantizedLayer layer, dev.octet.plan.graph.Epilogue epilogue) {
            int lanes = (layer.out() + Constants.LANES - 1) / Constants.LANES * Constants.LANES;
            float[] m = new float[lanes];
            float[] b = new float[lanes];
            double in = step(operand(node, 0));
            double result = step(out);
            for (int c = 0; c < layer.out(); c++) {
                m[c] = rounded(in * layer.scale()[c] / result);
                b[c] = rounded(layer.bias()[c] / result);
            }
            float r = epilogue.residual() ? rounded(step(operand(node, 1)) / result) : 0;
            return new Constants.Epilogue(
                    m, b, low(out.element(), epilogue.activation()), high(out, epilogue.activation()), r);
        }

        @Override
        public Constants add(Op.Add op) {
            double result = step(out);
            float rx = rounded(step(operand(node, 0)) / result);
            float ry = rounded(step(operand(node, 1)) / result);
            return new Constants.Sum(rx, ry, low(out.element(), op.activation()), high(out, op.activation()));
        }

        @Override
        public Constants activate(Op.Activate op) {
            if (op.activation().isLimit()) {
                return rescale(step(operand(node, 0)) / step(out), op.activation());
            }
            return out.element().isInteger() ? table(op.activation()) : null;
        }

        private Constants rescale(double factor, Activation activation) {
            return new Constants.Rescale(rounded(factor), low(out.element(), activation), high(out, activation));
        }

        /** The byte -128, which no operator makes, has the result of -127. */
        private Constants table(Activation activation) {
            TensorType in = operand(node, 0);
            double inverse = 1.0 / step(out);
            byte[] table = new byte[256];
            for (int i = 0; i < table.length; i++) {
                int value = in.element() == ElementType.S8
                        ? Math.max((byte) i, in.element().min())
                        : i;
                double steps = Math.rint(activation.of(value * step(in)) * inverse);
                table[i] = (byte) Math.min(
                        Math.max(steps, out.element().min()), out.element().max());
            }
            return new Constants.ByteTable(table);
        }

        @Override
        public Constants gate(Op.Gate op) {
            return rescale(step(operand(node, 0)) * step(operand(node, 1)) / step(out), Activation.NONE);
        }

        @Override
        public Constants requantize(Op.Requantize op) {
            return rescale(step(operand(node, 0)) / step(out), Activation.NONE);
        }

        @Override
        public Constants avgPool(Op.AvgPool op) {
            double ratio = step(operand(node, 0)) / step(out);
            float[] factor = new float[op.window().taps() + 1];
            for (int count = 1; count < factor.length; count++) {
                factor[count] = rounded(1.0 / count * ratio);
            }
            return new Constants.WindowMean(factor, low(out.element(), Activation.NONE), high(out, Activation.NONE));
        }

        @Override
        public Constants globalAvgPool(Op.GlobalAvgPool op) {
            TensorType in = operand(node, 0);
            return rescale(1.0 / in.shape().pixels() * step(in) / step(out), Activation.NONE);
        }

        @Override
        public Constants quantize(Op.Quantize op) {
            float inverse = rounded(1.0 / step(out));
            if (operand(node, 0).element() == ElementType.F32) {
                return new Constants.QuantizeFloat(
                        inverse, out.element().min(), out.element().max());
            }
            return pixelTable(inverse);
        }

        private Constants pixelTable(float inverse) {
            String port = graph.node(node.input()).name();
            ImageFormat image = inputs.stream()
                    .filter(p -> p.name().equals(port))
                    .findFirst()
                    .flatMap(Port::image)
                    .orElseThrow(() -> new IllegalArgumentException("port " + port + " is not an image"));
            if (!out.element().isInteger()) {
                return new Constants.FloatPixels(numbers(image));
            }
            byte[] table = new byte[image.channels() * 256];
            for (int i = 0; i < table.length; i++) {
                double value = Math.rint(image.value(i / 256, i % 256) * inverse);
                table[i] = (byte) Math.min(
                        Math.max(value, out.element().min()), out.element().max());
            }
            return new Constants.PixelTable(table);
        }

        private static float[] numbers(ImageFormat image) {
            float[] table = new float[image.channels() * 256];
            for (int i = 0; i < table.length; i++) {
                table[i] = image.value(i / 256, i % 256);
            }
            return table;
        }

        /** Floats need none: they only change their order. */
        @Override
        public Constants dequantize(Op.Dequantize op) {
            return !operand(node, 0).element().isInteger()
                    ? null
                    : new Constants.Dequantize(rounded(step(operand(node, 0))));
        }

        @Override
        public Constants input(Op.Input op) {
            return null;
        }

        @Override
        public Constants batchNorm(Op.BatchNorm op) {
            throw new IllegalArgumentException("a quantised graph has no batch norm: " + node.name());
        }

        @Override
        public Constants concat(Op.Concat op) {
            return null;
        }

        @Override
        public Constants sliceChannels(Op.SliceChannels op) {
            return null;
        }

        @Override
        public Constants padChannels(Op.PadChannels op) {
            return null;
        }

        @Override
        public Constants upsample(Op.Upsample op) {
            return null;
        }

        @Override
        public Constants softmax(Op.Softmax op) {
            return null;
        }

        @Override
        public Constants extension(Op.Extension op) {
            List<Double> steps = node.inputs().stream()
                    .map(input -> step(graph.node(input).type()))
                    .toList();
            float[] values = OperatorExtensions.find(op.operator()).constants(steps, step(out), op.attributes());
            for (float value : values) {
                rounded(value);
            }
            return new Constants.Extension(
                    values.clone(), low(out.element(), Activation.NONE), high(out, Activation.NONE));
        }

        @Override
        public Constants maxPool(Op.MaxPool op) {
            return null;
        }

        @Override
        public Constants flatten(Op.Flatten op) {
            throw new IllegalArgumentException("a quantised graph has no flatten: " + node.name());
        }

        @Override
        public Constants output(Op.Output op) {
            return null;
        }
    }
}
