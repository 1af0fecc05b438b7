package dev.octet.plan.correct;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightQuantizer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bias correction after Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction" (ICCV 2019),
 * section 4.2: rounding weights by e shifts the mean of what a layer computes by {@code e * mean(x)}, where x is what it reads;
 * that is subtracted from its bias. The means are measured on images, per tap and with the padding's zeros, or follow from
 * batch normalisations ({@link NormMeans}). They are the float network's, so that layers can be corrected independently of
 * each other, and of which others stay in FP32.
 */
public final class BiasCorrection {
    private BiasCorrection() {}

    /**
     * What to add to the biases.
     *
     * @param plan says which layers are quantised
     * @param layers the layers, by name
     * @param means of what each layer reads, by input channel and tap, by name of the layer; layers that are not listed are not
     *     corrected
     * @return additions per output channel, by name of the layer
     */
    public static SortedMap<String, float[]> find(
            Plan plan, SortedMap<String, FoldedLayer> layers, Map<String, double[][]> means) {
        SortedMap<String, QuantizedLayer> quantized = WeightQuantizer.quantize(plan, layers);
        SortedMap<String, float[]> additions = new TreeMap<>();
        for (Node node : plan.fp32().nodes()) {
            int groups = node.op() instanceof Op.Conv2d conv ? conv.groups() : 1;
            node.layer()
                    .filter(name -> quantized.containsKey(name) && means.containsKey(name))
                    .ifPresent(name -> additions.put(
                            name, additions(layers.get(name), quantized.get(name), groups, means.get(name))));
        }
        return additions;
    }

    private static float[] additions(FoldedLayer exact, QuantizedLayer rounded, int groups, double[][] means) {
        float[] additions = new float[exact.out()];
        int rows = exact.out() / groups;
        for (int out = 0; out < exact.out(); out++) {
            double shift = 0;
            for (int tap = 0; tap < exact.taps(); tap++) {
                for (int in = 0; in < exact.in(); in++) {
                    int i = (out * exact.taps() + tap) * exact.in() + in;
                    double error = rounded.weights()[i] * (double) rounded.scale()[out] - exact.weights()[i];
                    shift += error * means[out / rows * exact.in() + in][tap];
                }
            }
            additions[out] = (float) -shift;
        }
        return additions;
    }

    /**
     * The layers with corrected biases; those that stay in FP32 keep theirs.
     *
     * @throws IllegalArgumentException if a layer does not exist or has another number of channels
     */
    static SortedMap<String, FoldedLayer> add(
            Plan plan, SortedMap<String, FoldedLayer> layers, SortedMap<String, float[]> additions) {
        SortedMap<String, FoldedLayer> result = new TreeMap<>(layers);
        additions.forEach((name, values) -> {
            FoldedLayer layer = layers.get(name);
            if (layer == null) {
                throw new IllegalArgumentException("there is no layer '" + name + "'");
            }
            if (layer.out() != values.length) {
                throw new IllegalArgumentException(
                        "layer '" + name + "' has " + layer.out() + " channels, not " + values.length);
            }
        });
        for (Node node : plan.int8().nodes()) {
            node.layer()
                    .filter(name -> !node.fp32() && additions.containsKey(name))
                    .ifPresent(name -> result.put(name, add(layers.get(name), additions.get(name))));
        }
        return result;
    }

    private static FoldedLayer add(FoldedLayer layer, float[] additions) {
        double[] biases = layer.bias().clone();
        for (int c = 0; c < biases.length; c++) {
            biases[c] += additions[c];
        }
        return new FoldedLayer(layer.layer(), layer.out(), layer.taps(), layer.in(), layer.weights(), biases);
    }
}
