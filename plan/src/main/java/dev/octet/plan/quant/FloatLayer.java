package dev.octet.plan.quant;

import java.util.Objects;

/**
 * Float weights of one convolution or dense layer, batch normalisation folded in, independent of any target.
 *
 * @param layer name in the definition
 * @param out output channels
 * @param taps kernel rows times columns; for a dense layer the pixels of its operand
 * @param in input channels of a group
 * @param weights {@code [out][tap][in]} (OHWI)
 * @param bias per output channel, never -0
 */
public record FloatLayer(String layer, int out, int taps, int in, float[] weights, float[] bias) {
    private static final int NEGATIVE_ZERO = Float.floatToRawIntBits(-0f);

    public FloatLayer {
        Objects.requireNonNull(layer);
        if (out < 1 || taps < 1 || in < 1) {
            throw new IllegalArgumentException("sizes of " + layer + " are positive");
        }
        if (weights.length != Math.multiplyExact(Math.multiplyExact(out, taps), in) || bias.length != out) {
            throw new IllegalArgumentException("sizes of " + layer + " do not fit together");
        }
        for (float value : weights) {
            require(layer, Float.isFinite(value), value);
        }
        for (float value : bias) {
            require(layer, Float.isFinite(value) && Float.floatToRawIntBits(value) != NEGATIVE_ZERO, value);
        }
    }

    private static void require(String layer, boolean condition, float value) {
        if (!condition) {
            throw new IllegalArgumentException("layer " + layer + " has a weight or bias of " + value);
        }
    }
}
