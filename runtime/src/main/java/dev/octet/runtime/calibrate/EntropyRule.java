package dev.octet.runtime.calibrate;

import java.util.function.IntPredicate;

/**
 * Entropy calibration as NVIDIA's documentation of its MLPerf submissions describes it (mlcommons/inference_results_v4.1,
 * {@code closed/NVIDIA/documentation/calibration.md}), after S. Migacz, "8-bit Inference with TensorRT", GTC 2017.
 *
 * <p>The first bin of the histogram of |x| is discarded: it holds the zeros and noise. Each further bin B is then a
 * candidate for truncation, with range r at its centre. The reference distribution is bins 1 to B, with everything
 * beyond B counted in B. The quantised one assigns each of those bins, without what lay beyond, to the nearest of the
 * type's steps between 0 and r (127, or 255 for an unsigned type) and spreads each step's count evenly over its bins
 * that the reference does not leave empty. The candidate with the smallest divergence KL(reference || quantised) wins,
 * the smaller range on a tie. A bin of the reference that holds only outliers would make the divergence infinite; its
 * quantised count is taken as {@link #FLOOR}. A candidate with nothing inside is none.
 *
 * <p>Divergence alone misjudges values that crowd on a few points, such as the background of an image after the first
 * layer: spreading a step's count over its bins looks like a loss at any wide range, and a crowded last bin hides what
 * lies beyond it. So truncation must pay: only candidates whose {@link TruncationError} is at most that of the full
 * range are compared ({@code docs/adr/0005}). {@link #TENSOR_RT} compares all of them, as published, and has 127 steps for
 * unsigned types too, since TensorRT has no others.
 */
final class EntropyRule implements RangeRule {
    /** Count that stands for zero in a quantised bin. */
    private static final double FLOOR = 1e-4;

    /** The default: truncation must pay. */
    static final EntropyRule GUARDED = new EntropyRule("entropy", true);

    /** As published. */
    static final EntropyRule TENSOR_RT = new EntropyRule("entropy-tensorrt", false);

    private static final int SIGNED_STEPS = 127;

    private final String name;
    private final boolean guarded;

    private EntropyRule(String name, boolean guarded) {
        this.name = name;
        this.guarded = guarded;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float range(Histogram histogram, int steps) {
        if (histogram.max() == 0) {
            return RANGE_OF_ZEROS;
        }
        long[] counts = histogram.counts();
        counts[0] = 0;
        int best = guarded ? bestBin(histogram, counts, steps) : bestBin(counts, bin -> true, SIGNED_STEPS);
        double centre = (best + 0.5) * histogram.width();
        return Math.max((float) Math.min(centre, histogram.max()), SMALLEST);
    }

    private static int bestBin(Histogram histogram, long[] counts, int steps) {
        TruncationError error = new TruncationError(counts, histogram.width(), steps);
        double allowed = error.at(counts.length - 1);
        return bestBin(counts, bin -> error.at(bin) <= allowed, steps);
    }

    /** With no more bins than steps nothing is gained by truncation. */
    private static int bestBin(long[] counts, IntPredicate pays, int steps) {
        double[] selfInformation = selfInformation(counts);
        long beyond = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = counts.length - 1;
        for (int bin = counts.length - 1; bin >= steps; bin--) {
            if (pays.test(bin)) {
                double divergence = new Candidate(counts, bin, beyond, steps).divergence(selfInformation[bin]);
                if (divergence <= least) {
                    least = divergence;
                    best = bin;
                }
            }
            beyond += counts[bin];
        }
        return best;
    }

    /** Sums of {@code p log p} over the bins before each. */
    private static double[] selfInformation(long[] counts) {
        double[] sums = new double[counts.length];
        for (int bin = 1; bin < counts.length; bin++) {
            sums[bin] = sums[bin - 1] + informationOf(counts[bin - 1]);
        }
        return sums;
    }

    private static double informationOf(long count) {
        return count == 0 ? 0 : count * StrictMath.log(count);
    }

    /** Truncation at a bin. */
    private static final class Candidate {
        private final long atLast;
        /** Per step: counts of the reference, counts without those beyond, bins that the reference does not leave empty. */
        private final long[] reference;

        private final long[] inside;
        private final int[] bins;

        Candidate(long[] counts, int last, long beyond, int steps) {
            atLast = counts[last] + beyond;
            reference = new long[steps + 1];
            inside = new long[steps + 1];
            bins = new int[steps + 1];
            double binsPerStep = (last + 0.5) / steps;
            for (int bin = 1; bin < last; bin++) {
                long count = counts[bin];
                if (count > 0) {
                    add((int) Math.rint((bin + 0.5) / binsPerStep), count, count);
                }
            }
            if (atLast > 0) {
                add(steps, atLast, counts[last]);
            }
        }

        private void add(int step, long referenceCount, long insideCount) {
            reference[step] += referenceCount;
            inside[step] += insideCount;
            bins[step]++;
        }

        /**
         * KL(p || q) of the distributions that the two sets of counts make; p log q is the same for all bins of a step.
         *
         * @param selfInformation sum of p log p over the bins before the last
         */
        double divergence(double selfInformation) {
            double all = 0;
            double sum = selfInformation + informationOf(atLast);
            double quantised = 0;
            long kept = 0;
            for (int step = 0; step < bins.length; step++) {
                if (bins[step] > 0) {
                    double q = Math.max((double) inside[step] / bins[step], FLOOR);
                    sum -= reference[step] * StrictMath.log(q);
                    quantised += q * bins[step];
                    all += reference[step];
                    kept += inside[step];
                }
            }
            return kept == 0 ? Double.POSITIVE_INFINITY : sum / all + StrictMath.log(quantised / all);
        }
    }
}
