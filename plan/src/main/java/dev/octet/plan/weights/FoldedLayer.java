package dev.octet.plan.weights;

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
}
