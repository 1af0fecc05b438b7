package dev.octet.plan.quant;

import java.util.Objects;

/**
 * Quantised weights of one convolution or dense layer, independent of any target.
 *
 * @param layer name in the definition
 * @param out output channels
 * @param taps kernel rows times columns; for a dense layer the pixels of its operand
 * @param in input channels of a group
 * @param weights {@code [out][tap][in]} (OHWI), each in [-127, 127]
 * @param scale per output channel, {@code max|w| / 127}, rounded to float; 1 for a channel of zeros
 * @param bias folded bias per output channel, rounded to float
 */
public record QuantizedLayer(String layer, int out, int taps, int in, byte[] weights, float[] scale, float[] bias) {
    public QuantizedLayer {
        Objects.requireNonNull(layer);
        if (weights.length != Math.multiplyExact(Math.multiplyExact(out, taps), in)
                || scale.length != out
                || bias.length != out) {
            throw new IllegalArgumentException("sizes of " + layer + " do not fit together");
        }
    }
}
