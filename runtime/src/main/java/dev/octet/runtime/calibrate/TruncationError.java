package dev.octet.runtime.calibrate;

/**
 * Squared error of quantising the values of a histogram, by range: values inside lose a twelfth of a squared step each,
 * as values that are spread evenly over a step do, and values beyond lose their squared distance from the range.
 */
final class TruncationError {
    private final double width;
    private final int steps;
    /** Sums over the bins from each to the end: counts, counts times centre, counts times squared centre. */
    private final double[] count;

    private final double[] first;
    private final double[] second;

    /** Errors of a histogram with the given bin width, for a type of so many steps. */
    TruncationError(long[] counts, double width, int steps) {
        this.width = width;
        this.steps = steps;
        count = new double[counts.length + 1];
        first = new double[counts.length + 1];
        second = new double[counts.length + 1];
        for (int bin = counts.length - 1; bin >= 0; bin--) {
            double centre = centre(bin);
            count[bin] = count[bin + 1] + counts[bin];
            first[bin] = first[bin + 1] + counts[bin] * centre;
            second[bin] = second[bin + 1] + counts[bin] * centre * centre;
        }
    }

    /** Sum over all values if the range ends at the centre of {@code bin}. */
    double at(int bin) {
        double range = centre(bin);
        double step = range / steps;
        double inside = (count[0] - count[bin + 1]) * step * step / 12;
        return inside + second[bin + 1] - 2 * range * first[bin + 1] + range * range * count[bin + 1];
    }

    private double centre(int bin) {
        return (bin + 0.5) * width;
    }
}
