package dev.octet.runtime.cpu;

import dev.octet.plan.quant.QuantizedLayer;

/**
 * Weights of a convolution or dense layer as the CPU multiplies with them: floats, which hold the integers of a
 * quantised layer exactly.
 *
 * @param layer name in the definition
 * @param taps kernel rows times columns, or pixels of a dense layer's operand
 * @param in input channels of a group
 * @param rows {@code [out][tap * in + channel]}
 */
record LayerWeights(String layer, int taps, int in, float[][] rows) {
    LayerWeights {
        for (float[] row : rows) {
            if (row.length != taps * in) {
                throw new IllegalArgumentException("sizes of " + layer + " do not fit together");
            }
        }
    }

    /** The integers of a quantised layer. */
    static LayerWeights of(QuantizedLayer layer) {
        int terms = layer.taps() * layer.in();
        float[][] rows = new float[layer.out()][terms];
        for (int i = 0; i < layer.weights().length; i++) {
            rows[i / terms][i % terms] = layer.weights()[i];
        }
        return new LayerWeights(layer.layer(), layer.taps(), layer.in(), rows);
    }

    /** Output channels. */
    int out() {
        return rows.length;
    }

    /** Terms of one dot product. */
    int terms() {
        return taps * in;
    }

    /** Bytes that the rows occupy. */
    long bytes() {
        return (long) out() * terms() * Float.BYTES;
    }
}
