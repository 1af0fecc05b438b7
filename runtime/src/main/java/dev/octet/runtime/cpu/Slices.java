package dev.octet.runtime.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the terms of a dot product into slices. Integer products are summed in floats, which is exact while every
 * partial sum is an integer of at most 2^24 in magnitude; where weights allow more, sums move to integers in between.
 */
final class Slices {
    /** Largest magnitude up to which every integer is a float. */
    private static final long EXACT = 1 << 24;

    private Slices() {}

    /**
     * Some consecutive terms.
     *
     * @param first first term
     * @param count number of terms
     * @param carry whether float sums must move to integers after this slice
     */
    record Slice(int first, int count, boolean carry) {}

    /** Slices of at most {@code limit} terms whose sums are plain float chains. */
    static List<Slice> floats(int terms, int limit) {
        List<Slice> slices = new ArrayList<>();
        for (int first = 0; first < terms; first += limit) {
            slices.add(new Slice(first, Math.min(limit, terms - first), false));
        }
        return slices;
    }

    /**
     * Slices of at most {@code limit} terms of integer sums.
     *
     * @param weights integers {@code [output][term]}
     * @param amax largest magnitude of an operand
     * @param limit most terms in a slice
     */
    static List<Slice> integers(float[][] weights, int amax, int limit) {
        int terms = weights[0].length;
        List<Slice> slices = new ArrayList<>();
        long[] sums = new long[weights.length];
        int first = 0;
        boolean carried = false;
        for (int k = 0; k < terms; k++) {
            boolean exceeds = add(sums, weights, k, amax);
            if (exceeds || k - first == limit) {
                slices.add(new Slice(first, k - first, exceeds));
                first = k;
            }
            if (exceeds) {
                carried = true;
                Arrays.fill(sums, 0);
                add(sums, weights, k, amax);
            }
        }
        slices.add(new Slice(first, terms - first, carried));
        return slices;
    }

    /** Adds the magnitude of a term to every output's bound; whether one exceeds what is exact. */
    private static boolean add(long[] sums, float[][] weights, int term, int amax) {
        boolean exceeds = false;
        for (int m = 0; m < sums.length; m++) {
            sums[m] += (long) Math.abs(weights[m][term]) * amax;
            exceeds |= sums[m] > EXACT;
        }
        return exceeds;
    }
}
