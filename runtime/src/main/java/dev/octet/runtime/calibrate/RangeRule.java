package dev.octet.runtime.calibrate;

/** Chooses the largest absolute value that a tensor is to represent. */
public interface RangeRule {
    /**
     * Range of a tensor that was zero on every example. Any will do, as its quantised values are zero; one that is not
     * tiny keeps multipliers moderate should it not always be zero.
     */
    float RANGE_OF_ZEROS = 1;

    /** Smallest range of any other tensor, which keeps all multipliers finite. */
    float SMALLEST = 0x1p-40f;

    /** Name in calibration tables. */
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

    /** The range that loses least information, by Kullback-Leibler divergence; see {@link EntropyRule}. */
    static RangeRule entropy() {
        return new EntropyRule();
    }
}
