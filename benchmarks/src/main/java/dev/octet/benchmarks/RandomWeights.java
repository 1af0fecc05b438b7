package dev.octet.benchmarks;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.NodeCost;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.runtime.device.NetworkImage;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Random weights of a network's layers, the same for all plans of a network in one precision. For speed only. */
final class RandomWeights {
    private static final long SEED = 50;
    /** Standard deviation of bytes that are uniform in [-127, 127]. */
    private static final double UNIFORM = 73;
    /** All values have about the standard deviation 1: ranges of 3 to 5 cut a little off. */
    private static final Ranges RANGES = key -> 3 + (key.hashCode() & 255) / 128f;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, QuantizedLayer> layers = new TreeMap<>();
    private final Map<String, FloatLayer> floats = new TreeMap<>();

    private RandomWeights() {}

    /** Weights for the layers of a plan. */
    static RandomWeights of(Plan plan) {
        RandomWeights weights = new RandomWeights();
        for (Node node : plan.int8().nodes()) {
            node.layer()
                    .ifPresent(layer -> weights.add(
                            layer, node, plan.int8().node(node.input()).type()));
        }
        return weights;
    }

    /** Results keep the variance of a layer's operand. */
    private void add(String layer, Node node, TensorType operand) {
        int out = node.type().shape().channels();
        int filter = Math.toIntExact(NodeCost.filter(operand, node));
        int taps = node.op() instanceof Op.Conv2d conv
                ? conv.window().taps()
                : operand.shape().pixels();
        double deviation = Math.sqrt(2.0 / filter);
        if (node.fp32()) {
            float[] values = floats(out * filter, -deviation, deviation);
            floats.put(layer, new FloatLayer(layer, out, taps, filter / taps, values, floats(out, -0.3, 0.3)));
        } else {
            byte[] bytes = bytes(out * filter);
            float[] scale = floats(out, 0.7 * deviation / UNIFORM, 1.3 * deviation / UNIFORM);
            layers.put(
                    layer, new QuantizedLayer(layer, out, taps, filter / taps, bytes, scale, floats(out, -0.3, 0.3)));
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(-127, 128);
        }
        return bytes;
    }

    private float[] floats(int count, double from, double to) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
        return values;
    }

    /** A plan of the network with these weights, and the constants that follow from them. */
    NetworkImage image(Plan plan, NetworkImage.Kernels kernels) {
        return new NetworkImage(
                plan,
                layers,
                floats,
                NodeConstants.of(plan, RANGES, layers::get).all(),
                kernels);
    }
}
