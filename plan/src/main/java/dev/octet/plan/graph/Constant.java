package dev.octet.plan.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A constant expression over named tensors of the weights file. It stays symbolic in the plan, so that new weights need
 * neither javac nor nvcc; it is evaluated in double when weights are packed.
 */
public sealed interface Constant {
    /** A tensor of the weights file: its key and the shape that the definition implies. */
    record Tensor(String key, List<Integer> shape) implements Constant {
        public Tensor {
            Objects.requireNonNull(key);
            shape = List.copyOf(shape);
        }
    }

    /** Ones, the weights of a layer that has none: what a normalisation scales that no layer takes up. */
    record Ones(List<Integer> shape) implements Constant {
        public Ones {
            shape = List.copyOf(shape);
        }
    }

    /**
     * Weights with each output row c multiplied by {@code gamma[c] / sqrt(variance[c] + epsilon)}.
     *
     * @param weight rows to scale, output channel outermost
     * @param norm the folded batch normalisation
     */
    record ScaledRows(Constant weight, Norm norm) implements Constant {
        public ScaledRows {
            Objects.requireNonNull(weight);
            Objects.requireNonNull(norm);
        }
    }

    /**
     * {@code (bias[c] - mean[c]) * gamma[c] / sqrt(variance[c] + epsilon) + beta[c]}; a missing bias counts as zero.
     *
     * @param bias the layer's own bias
     * @param norm the folded batch normalisation
     */
    record ShiftedBias(Optional<Constant> bias, Norm norm) implements Constant {
        public ShiftedBias {
            Objects.requireNonNull(bias);
            Objects.requireNonNull(norm);
        }
    }

    /**
     * A batch normalisation in inference: tensors {@code layer.weight} (gamma), {@code layer.bias} (beta),
     * {@code layer.running_mean} and {@code layer.running_var}, each of {@code channels} elements.
     *
     * @param layer name in the definition, prefix of its keys
     * @param channels number of channels
     * @param epsilon added to the variance, positive and finite
     */
    record Norm(String layer, int channels, float epsilon) {
        public Norm {
            Objects.requireNonNull(layer);
            if (channels < 1 || !(epsilon > 0) || Float.isInfinite(epsilon)) {
                throw new IllegalArgumentException("bad batch norm " + layer + ": " + channels + ", " + epsilon);
            }
        }

        /** The four tensors: gamma, beta, mean, variance. */
        public List<Tensor> tensors() {
            List<Integer> shape = List.of(channels);
            return List.of(
                    new Tensor(layer + ".weight", shape),
                    new Tensor(layer + ".bias", shape),
                    new Tensor(layer + ".running_mean", shape),
                    new Tensor(layer + ".running_var", shape));
        }
    }
}
