package dev.octet.plan.weights;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Symmetric quantisation of weights per output channel: scale {@code (float) (max|w| / 127)}, value
 * {@code clamp(rint(w / scale), -127, 127)}. A channel whose scale would be 0, because its weights are all zero or below
 * 10^-43, has scale 1 and only zeros.
 */
public final class WeightQuantizer {
    private static final int MAX = ElementType.S8.max();

    private WeightQuantizer() {}

    /**
     * Quantises the layers that the quantised graph runs on integers.
     *
     * @param plan says which layers these are, and how large activations can be
     * @param layers folded layers by name
     * @return quantised layers by name
     * @throws OctetException {@link WeightsCode#ACCUMULATOR} if sums of a layer can leave 32 bits
     */
    public static SortedMap<String, QuantizedLayer> quantize(Plan plan, SortedMap<String, FoldedLayer> layers) {
        SortedMap<String, QuantizedLayer> quantized = new TreeMap<>();
        Map<Integer, Node> nodes = plan.int8().byId();
        for (Node node : plan.int8().nodes()) {
            if (node.layer().isEmpty() || node.fp32()) {
                continue;
            }
            QuantizedLayer result = quantize(folded(layers, node.layer().get()));
            ElementType operand = nodes.get(node.input()).type().element();
            requireAccumulator(result, operand.max());
            quantized.put(result.layer(), result);
        }
        return quantized;
    }

    /**
     * Rounds the layers that the quantised graph runs in float arithmetic.
     *
     * @param plan says which layers these are
     * @param layers folded layers by name
     * @return float layers by name
     */
    public static SortedMap<String, FloatLayer> floats(Plan plan, SortedMap<String, FoldedLayer> layers) {
        SortedMap<String, FloatLayer> floats = new TreeMap<>();
        for (Node node : plan.int8().nodes()) {
            if (node.fp32()) {
                node.layer()
                        .ifPresent(
                                layer -> floats.put(layer, folded(layers, layer).rounded()));
            }
        }
        return floats;
    }

    private static FoldedLayer folded(SortedMap<String, FoldedLayer> layers, String layer) {
        FoldedLayer folded = layers.get(layer);
        if (folded == null) {
            throw new IllegalArgumentException("no folded layer " + layer + " among " + layers.keySet());
        }
        return folded;
    }

    /** Quantises one layer. */
    static QuantizedLayer quantize(FoldedLayer folded) {
        int row = folded.taps() * folded.in();
        byte[] weights = new byte[folded.weights().length];
        float[] scale = new float[folded.out()];
        float[] bias = new float[folded.out()];
        for (int c = 0; c < folded.out(); c++) {
            scale[c] = scale(folded.weights(), c * row, row);
            bias[c] = (float) folded.bias()[c];
            for (int i = c * row; i < (c + 1) * row; i++) {
                double steps = Math.rint(folded.weights()[i] / (double) scale[c]);
                weights[i] = (byte) Math.max(-MAX, Math.min(MAX, steps));
            }
        }
        return new QuantizedLayer(folded.layer(), folded.out(), folded.taps(), folded.in(), weights, scale, bias);
    }

    private static float scale(double[] weights, int offset, int count) {
        double max = 0;
        for (int i = offset; i < offset + count; i++) {
            max = Math.max(max, Math.abs(weights[i]));
        }
        float scale = (float) (max / MAX);
        return scale == 0 ? 1 : scale;
    }

    private static void requireAccumulator(QuantizedLayer layer, int activation) {
        int row = layer.taps() * layer.in();
        for (int c = 0; c < layer.out(); c++) {
            long sum = 0;
            for (int i = c * row; i < (c + 1) * row; i++) {
                sum += Math.abs(layer.weights()[i]);
            }
            if (sum * activation > Integer.MAX_VALUE) {
                throw new OctetException(WeightsCode.ACCUMULATOR, layer.layer(), c, sum * activation, sum, activation);
            }
        }
    }
}
