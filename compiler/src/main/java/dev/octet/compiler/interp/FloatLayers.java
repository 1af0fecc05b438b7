package dev.octet.compiler.interp;

import dev.octet.plan.quant.FloatLayer;
import java.util.Objects;

/** Float weights, found by the names in the definition. */
public interface FloatLayers {
    /** Weights of the convolution or dense layer of this name, as the graph's constant expressions evaluate. */
    Layer layer(String name);

    /** Values of the batch normalisation of this name; only traced graphs ask. */
    default Norm norm(String name) {
        throw new IllegalArgumentException("no batch norm " + name);
    }

    /**
     * Weights of a layer.
     *
     * @param out output channels
     * @param taps kernel rows times columns; for a dense layer the pixels of its operand
     * @param in input channels
     * @param weights {@code [out][tap][in]} (OHWI)
     * @param bias per output channel
     */
    record Layer(int out, int taps, int in, float[] weights, float[] bias) {
        public Layer {
            if (weights.length != out * taps * in || bias.length != out) {
                throw new IllegalArgumentException("sizes of a layer do not fit together");
            }
        }

        /** The layer as weights files hold it. */
        static Layer of(FloatLayer layer) {
            return new Layer(layer.out(), layer.taps(), layer.in(), layer.weights(), layer.bias());
        }
    }

    /**
     * Values of a batch normalisation, per channel.
     *
     * @param gamma weight
     * @param beta bias
     * @param mean running mean
     * @param variance running variance
     */
    record Norm(float[] gamma, float[] beta, float[] mean, float[] variance) {
        public Norm {
            Objects.requireNonNull(gamma);
            Objects.requireNonNull(beta);
            Objects.requireNonNull(mean);
            Objects.requireNonNull(variance);
        }
    }
}
