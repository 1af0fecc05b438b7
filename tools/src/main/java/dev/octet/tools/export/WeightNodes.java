package dev.octet.tools.export;

import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.Collections;
import java.util.List;

/** Weights and biases of layers: bytes with a scale per output channel, or floats. */
final class WeightNodes {
    /** Above, an integer bias and the sum that it is added to might exceed 32 bits. */
    private static final double MOST_BIAS = 1 << 30;

    private final OnnxModel model;
    private final Flavour flavour;

    /**
     * Names of a layer's operands.
     *
     * @param weight weights, output channels outermost, then input channels and taps
     * @param bias bias
     */
    record Names(String weight, String bias) {}

    WeightNodes(OnnxModel model, Flavour flavour) {
        this.model = model;
        this.flavour = flavour;
    }

    /** A layer in float arithmetic. */
    Names floats(FloatLayer layer, List<Integer> shape) {
        String name = layer.layer();
        float[] weights = new float[layer.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = layer.weights()[source(i, layer.taps(), layer.in())];
        }
        return new Names(
                model.floats(name + "/weight", shape, weights),
                model.floats(name + "/bias", List.of(layer.out()), layer.bias()));
    }

    /**
     * A quantised layer.
     *
     * @param step real number of one step of the layer's operand
     */
    Names bytes(QuantizedLayer layer, List<Integer> shape, float step) {
        String name = layer.layer();
        float[] scales = layer.scale().clone();
        byte[] weights = weights(layer);
        if (flavour.hasIntegerBiases()) {
            widen(layer, scales, weights, step);
        }
        String scale = model.floats(name + "/weight/scale", List.of(layer.out()), scales);
        String bytes = model.constant(name + "/weight/bytes", OnnxType.INT8, shape, weights);
        String zero = model.constant(name + "/weight/zero", OnnxType.INT8, List.of(layer.out()), new byte[layer.out()]);
        String weight = model.node("DequantizeLinear", List.of(bytes, scale, zero), name + "/weight", channels());
        return new Names(weight, bias(layer, scales, step));
    }

    private static Attributes channels() {
        return new Attributes().integer("axis", 0);
    }

    private static byte[] weights(QuantizedLayer layer) {
        byte[] weights = new byte[layer.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = layer.weights()[source(i, layer.taps(), layer.in())];
        }
        return weights;
    }

    /** Where the i-th of [out][in][tap] lies in [out][tap][in]. */
    private static int source(int i, int taps, int in) {
        int row = i / (taps * in);
        int rest = i % (taps * in);
        return row * taps * in + rest % taps * in + rest / taps;
    }

    /**
     * Gives channels a scale by which their bias is an integer of 32 bits, which tiny weights beside a large bias need, and
     * channels of zeros one by which it is exact enough, for theirs says nothing.
     */
    private static void widen(QuantizedLayer layer, float[] scales, byte[] weights, float step) {
        int row = weights.length / layer.out();
        for (int c = 0; c < layer.out(); c++) {
            double least = Math.abs(layer.bias()[c]) / (MOST_BIAS * step);
            boolean zeros = isZero(weights, c * row, row);
            float scale = zeros && least > 0 ? next(least) : scales[c] < least ? next(least) : scales[c];
            for (int i = c * row; i < (c + 1) * row; i++) {
                weights[i] = (byte) Math.rint(weights[i] * ((double) scales[c] / scale));
            }
            scales[c] = scale;
        }
    }

    private static float next(double least) {
        return Math.max(Math.nextUp((float) least), Float.MIN_NORMAL);
    }

    private static boolean isZero(byte[] weights, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (weights[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private String bias(QuantizedLayer layer, float[] scales, float step) {
        String name = layer.layer() + "/bias";
        if (!flavour.hasIntegerBiases()) {
            return model.floats(name, Collections.singletonList(layer.out()), layer.bias());
        }
        int[] biases = new int[layer.out()];
        float[] steps = new float[layer.out()];
        for (int c = 0; c < biases.length; c++) {
            steps[c] = Math.max(step * scales[c], Float.MIN_NORMAL);
            biases[c] = (int) Math.rint(layer.bias()[c] / ((double) step * scales[c]));
        }
        String integers = model.integers(name + "/integers", biases);
        String scale = model.floats(name + "/scale", List.of(layer.out()), steps);
        return model.node("DequantizeLinear", List.of(integers, scale), name, channels());
    }
}
