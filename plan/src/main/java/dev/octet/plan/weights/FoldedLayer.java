package dev.octet.plan.weights;

import dev.octet.plan.quant.FloatLayer;
import java.util.Objects;

/**
 * Float weights of one convolution or dense layer with its batch normalisation folded in.
 *
 * @param layer name in the definition
 * @param out output channels
 * @param taps kernel rows times columns; for a dense layer the pixels of its operand
 * @param in input channels of a group
 * @param weights {@code [out][tap][in]} (OHWI)
 * @param bias per output channel
 */
public record FoldedLayer(String layer, int out, int taps, int in, double[] weights, double[] bias) {
    public FoldedLayer {
        Objects.requireNonNull(layer);
        if (out < 1 || taps < 1 || in < 1) {
            throw new IllegalArgumentException("sizes of " + layer + " are positive");
        }
        if (weights.length != Math.multiplyExact(Math.multiplyExact(out, taps), in) || bias.length != out) {
            throw new IllegalArgumentException("sizes of " + layer + " do not fit together");
        }
    }

    /**
     * The layer as float arithmetic uses it, each number rounded once. A bias of -0 becomes 0, which makes a sum that
     * skips a tap equal to one that adds its zeros.
     */
    public FloatLayer rounded() {
        float[] floats = new float[weights.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) weights[i];
        }
        float[] biases = new float[out];
        for (int c = 0; c < out; c++) {
            biases[c] = (float) bias[c] + 0f;
        }
        return new FloatLayer(layer, out, taps, in, floats, biases);
    }
}
