package dev.octet.tools.tune;

import java.util.Arrays;

/**
 * Times of repetitions, in microseconds.
 *
 * @param median 50 % quantile
 * @param low 10 % quantile
 * @param high 90 % quantile
 * @param count how many were timed
 */
public record Times(double median, double low, double high, int count) {
    public Times {
        if (!(low >= 0 && low <= median && median <= high) || Double.isInfinite(high) || count < 1) {
            throw new IllegalArgumentException("times " + low + ", " + median + ", " + high + " of " + count);
        }
    }

    /** The quantiles of times in any order; the ranks are rounded down at the lower and up at the upper end. */
    public static Times of(double... micros) {
        double[] sorted = micros.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new Times(sorted[last / 2], sorted[last / 10], sorted[last - last / 10], sorted.length);
    }

    /** The times of one of so many things that took these together. */
    public Times dividedBy(int parts) {
        return new Times(median / parts, low / parts, high / parts, count);
    }
}
