package dev.octet.runtime;

import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightsFile;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that quantised weights stand for: each integer times its channel's scale, exact in double. */
final class DequantizedWeights {
    private DequantizedWeights() {}

    /** All layers of a network by name; those that stay in FP32 as they are. */
    static SortedMap<String, FoldedLayer> of(WeightsFile file) {
        SortedMap<String, FoldedLayer> layers = new TreeMap<>();
        file.layers().forEach((name, layer) -> layers.put(name, of(layer)));
        file.floats().forEach((name, layer) -> layers.put(name, of(layer)));
        return layers;
    }

    private static FoldedLayer of(QuantizedLayer layer) {
        double[] weights = new double[layer.weights().length];
        int row = layer.taps() * layer.in();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = layer.weights()[i] * (double) layer.scale()[i / row];
        }
        return new FoldedLayer(layer.layer(), layer.out(), layer.taps(), layer.in(), weights, doubles(layer.bias()));
    }

    private static FoldedLayer of(FloatLayer layer) {
        return new FoldedLayer(
                layer.layer(), layer.out(), layer.taps(), layer.in(), doubles(layer.weights()), doubles(layer.bias()));
    }

    private static double[] doubles(float... numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }
}
