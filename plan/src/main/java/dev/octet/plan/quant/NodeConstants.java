package dev.octet.plan.quant;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.weights.WeightsCode;
import java.util.List;
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
        return Optional.ofNullable(node.op().accept(new ForNode(node)));
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
        return activation == Activation.RELU ? Math.max(low, 0) : low;
    }

    private static float high(ElementType element) {
        return element.isInteger() ? element.max() : Float.POSITIVE_INFINITY;
    }

    /** One method per operator; null where an operator has no constants. */
    private final class ForNode implements OpVisitor<Constants> {
        private final Node node;
        private final TensorType out;

        ForNode(Node node) {
            this.node = node;
            this.out = node.type();
        }

        @Override
        public Constants conv2d(Op.Conv2d op) {
            return epilogue(layer(op.layer(), op.window().taps()), op.epilogue());
        }

        @Override
        public Constants dense(Op.Dense op) {
            return epilogue(layer(op.layer(), operand(node, 0).shape().pixels()), op.epilogue());
        }

        /** The layer's weights, of the sizes that the graph has: devices compute with the graph's. */
        private QuantizedLayer layer(String name, int taps) {
            QuantizedLayer layer = layers.apply(name);
            int out = this.out.shape().channels();
            int in = operand(node, 0).shape().channels();
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
            return new Constants.Epilogue(m, b, low(out.element(), epilogue.activation()), high(out.element()), r);
        }

        @Override
        public Constants add(Op.Add op) {
            double result = step(out);
            float rx = rounded(step(operand(node, 0)) / result);
            float ry = rounded(step(operand(node, 1)) / result);
            return new Constants.Sum(rx, ry, low(out.element(), op.activation()), high(out.element()));
        }

        @Override
        public Constants activate(Op.Activate op) {
            float factor = rounded(step(operand(node, 0)) / step(out));
            return new Constants.Rescale(factor, low(out.element(), op.activation()), high(out.element()));
        }

        @Override
        public Constants globalAvgPool(Op.GlobalAvgPool op) {
            TensorType in = operand(node, 0);
            float factor = rounded(1.0 / in.shape().pixels() * step(in) / step(out));
            return new Constants.Rescale(factor, low(out.element(), Activation.NONE), high(out.element()));
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
            byte[] table = new byte[image.channels() * 256];
            for (int i = 0; i < table.length; i++) {
                double value = Math.rint(image.value(i / 256, i % 256) * inverse);
                table[i] = (byte) Math.min(
                        Math.max(value, out.element().min()), out.element().max());
            }
            return new Constants.PixelTable(table);
        }

        @Override
        public Constants dequantize(Op.Dequantize op) {
            return new Constants.Dequantize(rounded(step(operand(node, 0))));
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
