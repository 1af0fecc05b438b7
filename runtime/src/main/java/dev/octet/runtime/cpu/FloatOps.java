package dev.octet.runtime.cpu;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Operators of a graph of floats. They are those of the quantised graph with multipliers of one and without
 * rounding: multiplying by one and adding in a fused step are exact, so each gives the float contract's bits.
 */
final class FloatOps {
    private final Graph graph;
    private final Map<String, Port> ports;
    private final Function<String, FloatLayer> layers;
    private final NodeConstants constants;

    /**
     * Operators of a graph of floats.
     *
     * @param graph the graph
     * @param inputs input ports
     * @param ports input ports by name
     * @param layers finds float weights by layer name
     */
    FloatOps(Graph graph, List<Port> inputs, Map<String, Port> ports, Function<String, FloatLayer> layers) {
        this.graph = graph;
        this.ports = ports;
        this.layers = layers;
        this.constants = NodeConstants.of(graph, inputs, FloatOps::noRange, FloatOps::noLayer);
    }

    private static float noRange(String value) {
        throw new IllegalStateException("a float graph has no range of " + value);
    }

    private static QuantizedLayer noLayer(String layer) {
        throw new IllegalStateException("a float graph has no quantised layer " + layer);
    }

    /** The operator of a node; empty for outputs, and for inputs that are floats already. */
    Optional<CpuOp> of(Node node) {
        if (node.op() instanceof Op.Input) {
            return ports.get(node.name())
                    .image()
                    .map(image -> new LookUpOp(node, Storage.raw(node.id()), table(image)));
        }
        if (node.op() instanceof Op.Conv2d conv) {
            return layer(node, conv.layer(), conv.epilogue().activation());
        }
        if (node.op() instanceof Op.Dense dense) {
            return layer(node, dense.layer(), dense.epilogue().activation());
        }
        return OpFactory.of(graph, node, constants.of(node).orElse(null), FloatOps::none);
    }

    private static LayerWeights none(String layer) {
        throw new IllegalStateException("unexpected layer " + layer);
    }

    private static float[] table(ImageFormat image) {
        float[] table = new float[image.channels() * 256];
        for (int i = 0; i < table.length; i++) {
            table[i] = image.value(i / 256, i % 256);
        }
        return table;
    }

    private Optional<CpuOp> layer(Node node, String name, Activation activation) {
        FloatLayer layer = layers.apply(name);
        int lanes = (layer.out() + Constants.LANES - 1) / Constants.LANES * Constants.LANES;
        float[] m = new float[lanes];
        Arrays.fill(m, 1);
        float[] b = new float[lanes];
        System.arraycopy(layer.bias(), 0, b, 0, layer.out());
        float lo = activation.isNonNegative() ? 0 : Float.NEGATIVE_INFINITY;
        Constants epilogue = new Constants.Epilogue(m, b, lo, (float) activation.upper(), 1);
        return OpFactory.of(graph, node, epilogue, any -> weights(layer));
    }

    private static LayerWeights weights(FloatLayer layer) {
        int terms = layer.taps() * layer.in();
        float[][] rows = new float[layer.out()][terms];
        for (int i = 0; i < layer.weights().length; i++) {
            rows[i / terms][i % terms] = layer.weights()[i];
        }
        return new LayerWeights(layer.layer(), layer.taps(), layer.in(), rows);
    }
}
