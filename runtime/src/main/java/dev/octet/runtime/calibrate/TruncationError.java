package dev.octet.runtime.calibrate;

/**
 * Absolute error of quantising the values of a histogram, by range: values inside lose a quarter of a step each, as
 * values that are spread evenly over a step do, and values beyond lose their distance from the range.
 */
final class TruncationError {
    private final double width;
    private final int steps;
    /** Number of values in the bins from each to the end, and the sum of their centres. */
    private final double[] count;

    private final double[] sum;

    /** Errors of a histogram with the given bin width, for a type of so many steps. */
    TruncationError(long[] counts, double width, int steps) {
        this.width = width;
        this.steps = steps;
        count = new double[counts.length + 1];
        sum = new double[counts.length + 1];
        for (int bin = counts.length - 1; bin >= 0; bin--) {
            count[bin] = count[bin + 1] + counts[bin];
            sum[bin] = sum[bin + 1] + counts[bin] * centre(bin);
        }
    }

    /** Sum over all values if the range ends at the centre of {@code bin}. */
    double at(int bin) {
        double range = centre(bin);
        double inside = (count[0] - count[bin + 1]) * range / steps / 4;
        return inside + sum[bin + 1] - range * count[bin + 1];
    }

    private double centre(int bin) {
        return (bin + 0.5) * width;
    }
}
