package dev.octet.runtime.calibrate;

import dev.octet.plan.launch.Statistic;
import java.util.Arrays;

/**
 * Histogram of absolute values, the negative ones also counted apart, with a fixed number of bins, whose width is a power
 * of two and doubles whenever a value exceeds the range: neighbouring bins then merge exactly, since
 * {@code floor(x / 2w) = floor(floor(x / w) / 2)}. So the result depends on the values alone, neither on their order nor
 * on how they were split over batches, and memory is bounded: {@link #BYTES}. Once the largest value is known, it lies in
 * the upper half of the bins.
 */
public final class Histogram {
    /** Number of bins. */
    public static final int BINS = Statistic.BINS;

    /** Memory of a histogram, whatever the number of values. */
    public static final int BYTES = 2 * BINS * Long.BYTES;

    /** Width is never below 2^-80, so that a few tiny values do not make later merges many. */
    private static final int MIN_EXPONENT = -80;

    private final long[] counts = new long[BINS];
    private final long[] negative = new long[BINS];
    private int exponent = MIN_EXPONENT;
    private float max;

    /**
     * Counts values.
     *
     * @return whether all of them were finite; counts are undefined if not
     */
    public boolean add(float[] values, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            float magnitude = Math.abs(values[i]);
            if (!(magnitude <= Float.MAX_VALUE)) {
                return false;
            }
            largest = Math.max(largest, magnitude);
        }
        double scale = cover(largest);
        for (int i = from; i < to; i++) {
            int bin = (int) (Math.abs(values[i]) * scale);
            counts[bin]++;
            negative[bin] += values[i] < 0 ? 1 : 0;
        }
        return true;
    }

    /**
     * Widens the bins until a magnitude falls into one.
     *
     * @param largest finite, not negative
     * @return bins in a number: {@code trunc(|x| * factor)} is the bin of x. A power of two, so that the product in float
     *     falls into the same bin as in double: it is rounded only where it is far below 1
     */
    public float cover(float largest) {
        max = Math.max(max, largest);
        int needed = exponent;
        while (largest * Math.scalb(1.0, -needed) >= BINS) {
            needed++;
        }
        int doublings = needed - exponent;
        exponent = needed;
        if (doublings > 0) {
            merge(counts, Math.min(doublings, Integer.SIZE - 1));
            merge(negative, Math.min(doublings, Integer.SIZE - 1));
        }
        return Math.scalb(1f, -exponent);
    }

    /**
     * Adds values that were counted elsewhere, by the factor that {@link #cover} answered last.
     *
     * @param counters unsigned, for each bin the number of all values, then for each that of the negative ones
     */
    public void add(int[] counters) {
        if (counters.length != 2 * BINS) {
            throw new IllegalArgumentException(2 * BINS + " counters, got " + counters.length);
        }
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += Integer.toUnsignedLong(counters[bin]);
            negative[bin] += Integer.toUnsignedLong(counters[BINS + bin]);
        }
    }

    private static void merge(long[] counts, int doublings) {
        long[] merged = new long[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            merged[bin >> doublings] += counts[bin];
        }
        System.arraycopy(merged, 0, counts, 0, BINS);
    }

    /** Largest absolute value; 0 before the first. */
    public float max() {
        return max;
    }

    /** Width of a bin. */
    public double width() {
        return Math.scalb(1.0, exponent);
    }

    /** Number of values with {@code floor(|x| / width)} equal to each bin, as far as the last that is not empty. */
    public long[] counts() {
        return Arrays.copyOf(counts, used());
    }

    /** How many of {@link #counts} are negative; as many bins. */
    public long[] negativeCounts() {
        return Arrays.copyOf(negative, used());
    }

    private int used() {
        int used = BINS;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        return used;
    }

    /** Number of values. */
    public long total() {
        return Arrays.stream(counts).sum();
    }
}
