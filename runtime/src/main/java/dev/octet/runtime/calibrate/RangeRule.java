package dev.octet.runtime.calibrate;

import java.util.List;
import java.util.Optional;

/** Chooses the largest absolute value that a tensor is to represent. Implementations are immutable. */
public interface RangeRule {
    /**
     * Range of a tensor that was zero on every example. Any will do, as its quantised values are zero; one that is not
     * tiny keeps multipliers moderate should it not always be zero.
     */
    float RANGE_OF_ZEROS = 1;

    /** Smallest range of any other tensor, which keeps all multipliers finite. */
    float SMALLEST = 0x1p-40f;

    /** Name in calibration tables, parameters included, such as {@code percentile-99.99}. */
    String name();

    /**
     * The range, positive and finite.
     *
     * @param histogram absolute values
     * @param steps positive steps of the quantised type: 127 or 255
     */
    float range(Histogram histogram, int steps);

    /** The largest absolute value, so that nothing saturates. */
    static RangeRule naive() {
        return new NaiveRule();
    }

    /** The range that loses least information, by Kullback-Leibler divergence, where truncation pays; see {@link EntropyRule}. */
    static RangeRule entropy() {
        return EntropyRule.GUARDED;
    }

    /**
     * Entropy as NVIDIA publishes it for TensorRT: 127 steps for every type, and truncation wherever the divergence is
     * smaller, whether it pays or not; see {@link EntropyRule}.
     */
    static RangeRule entropyTensorRt() {
        return EntropyRule.TENSOR_RT;
    }

    /** Entropy with the levels, candidates and smoothing of MXNet's quantisation; see {@link MxNetEntropyRule}. */
    static RangeRule entropyMxNet() {
        return new MxNetEntropyRule();
    }

    /**
     * The range that so many of the values do not exceed; zeros count.
     *
     * @param percent above 0 and at most 100, which is the largest value
     * @throws IllegalArgumentException for any other number
     */
    static RangeRule percentile(double percent) {
        return new PercentileRule(percent);
    }

    /** The range with the least mean squared error of quantisation; see {@link MseRule}. */
    static RangeRule mse() {
        return new MseRule();
    }

    /** One rule of each kind, with usual parameters: what a comparison compares. */
    static List<RangeRule> all() {
        return List.of(entropy(), entropyTensorRt(), entropyMxNet(), mse(), naive(), percentile(PercentileRule.USUAL));
    }

    /**
     * The rule of a {@link #name}, such as tables have it; {@code percentile} alone stands for {@code percentile-99.99}.
     *
     * @return empty if no rule has this name
     */
    static Optional<RangeRule> named(String name) {
        return name.startsWith(PercentileRule.PREFIX)
                ? PercentileRule.parse(name)
                : all().stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
