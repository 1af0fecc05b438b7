package dev.octet.plan.weights;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates the weights of all layers of a network in double and brings them into OHWI order. */
public final class WeightFolder {
    private final Graph graph;
    private final ConstantEvaluator evaluator;

    private WeightFolder(Graph graph, Safetensors file) {
        this.graph = graph;
        this.evaluator = new ConstantEvaluator(file);
    }

    /**
     * Folds the layers of a float graph.
     *
     * @param fp32 the float graph of a plan
     * @param file the weights
     * @return layers by name
     * @throws OctetException a {@link WeightsCode} if a tensor is missing, has another shape or type, or is not finite
     */
    public static SortedMap<String, FoldedLayer> fold(Graph fp32, Safetensors file) {
        WeightFolder folder = new WeightFolder(fp32, file);
        SortedMap<String, FoldedLayer> layers = new TreeMap<>();
        for (Node node : fp32.nodes()) {
            folder.fold(node).ifPresent(layer -> {
                if (layers.put(layer.layer(), layer) != null) {
                    throw new IllegalArgumentException("two layers are named " + layer.layer());
                }
            });
        }
        return layers;
    }

    private Optional<FoldedLayer> fold(Node node) {
        Shape operand = node.inputs().isEmpty()
                ? node.type().shape()
                : graph.node(node.input()).type().shape();
        int out = node.type().shape().channels();
        if (node.op() instanceof Op.Conv2d conv) {
            int taps = conv.window().taps();
            int in = operand.channels() / conv.groups();
            return Optional.of(fold(conv.layer(), conv.weight(), conv.bias(), out, taps, in));
        }
        if (node.op() instanceof Op.Dense dense) {
            return Optional.of(
                    fold(dense.layer(), dense.weight(), dense.bias(), out, operand.pixels(), operand.channels()));
        }
        return Optional.empty();
    }

    private FoldedLayer fold(String layer, Constant weight, Optional<Constant> bias, int out, int taps, int in) {
        double[] oihw = evaluator.evaluate(weight);
        double[] biases = bias.map(evaluator::evaluate).orElse(new double[out]);
        FoldedLayer folded = new FoldedLayer(layer, out, taps, in, channelsLast(oihw, out, taps, in), biases);
        for (int c = 0; c < out; c++) {
            requireFloat(layer, "bias", c, biases[c]);
            for (int i = c * taps * in; i < (c + 1) * taps * in; i++) {
                requireFloat(layer, "a weight", c, oihw[i]);
            }
        }
        return folded;
    }

    /** [out, in, tap], the order of files, to [out, tap, in]; a dense row is ordered (channel, row, column) too. */
    private static double[] channelsLast(double[] weights, int out, int taps, int in) {
        if (weights.length != Math.multiplyExact(Math.multiplyExact(out, taps), in)) {
            throw new IllegalArgumentException(weights.length + " weights for " + out + "x" + taps + "x" + in);
        }
        double[] result = new double[weights.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int t = 0; t < taps; t++) {
                    result[(o * taps + t) * in + i] = weights[(o * in + i) * taps + t];
                }
            }
        }
        return result;
    }

    private static void requireFloat(String layer, String what, int channel, double value) {
        if (!Float.isFinite((float) value)) {
            throw new OctetException(WeightsCode.TOO_LARGE, layer, what, channel, value);
        }
    }
}
