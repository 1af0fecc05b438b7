package dev.octet.runtime.calibrate;

/**
 * Entropy calibration with the parameters of MXNet ({@code python/mxnet/contrib/quantization.py}, as corrected in its
 * version 1.5), on the signed values.
 *
 * <p>Candidate i keeps the i bins on either side of zero, from {@code steps} bins on: 127, or 255 for an unsigned type.
 * The reference distribution is these bins with everything beyond added to the outermost ones. The quantised one joins
 * every {@code 2 i / (2 steps + 1)} neighbouring bins, without what lay beyond and the remainder in the last level, and
 * spreads each level's count evenly over its bins that the reference does not leave empty. In both, empty bins get
 * {@link #EPSILON} of a count, taken from the others. The candidate with the smallest divergence KL(reference || quantised)
 * wins, the smaller range on a tie.
 *
 * <p>MXNet has 8,001 bins between the extremes of the first images; here they are those of the {@link Histogram}, 2,049 to
 * 4,096 between the extremes of all images, so that the order of images does not matter.
 */
final class MxNetEntropyRule implements RangeRule {
    private static final double EPSILON = 1e-4;

    @Override
    public String name() {
        return "entropy-mxnet";
    }

    @Override
    public float range(Histogram histogram, int steps) {
        if (histogram.max() == 0) {
            return RANGE_OF_ZEROS;
        }
        long[] signed = signed(histogram);
        int half = signed.length / 2;
        int best = half;
        double least = Double.POSITIVE_INFINITY;
        for (int i = half; i > steps; i--) {
            double divergence = divergence(signed, half - i, half + i, 2 * steps + 1);
            if (divergence < Double.POSITIVE_INFINITY && divergence <= least) {
                least = divergence;
                best = i;
            }
        }
        return Math.max((float) Math.min(best * histogram.width(), histogram.max()), SMALLEST);
    }

    /** Counts from the most negative bin to the most positive one, as many on either side. */
    private static long[] signed(Histogram histogram) {
        long[] all = histogram.counts();
        long[] negative = histogram.negativeCounts();
        int half = all.length;
        long[] signed = new long[2 * half];
        for (int bin = 0; bin < half; bin++) {
            signed[half + bin] = all[bin] - negative[bin];
            signed[half - 1 - bin] = negative[bin];
        }
        return signed;
    }

    private static double divergence(long[] counts, int from, int to, int levels) {
        int size = to - from;
        double[] p = new double[size];
        for (int i = 0; i < size; i++) {
            p[i] = counts[from + i];
        }
        double[] q = quantised(p, outside(counts, 0, from), outside(counts, to, counts.length), levels);
        return smooth(p) && smooth(q) ? relativeEntropy(p, q) : Double.POSITIVE_INFINITY;
    }

    private static long outside(long[] counts, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** The quantised distribution; adds what lies beyond to the outermost bins of {@code p}. */
    private static double[] quantised(double[] p, long below, long above, int levels) {
        double first = p[0];
        double last = p[p.length - 1];
        p[0] += below;
        p[p.length - 1] += above;
        double[] q = new double[p.length];
        int joined = p.length / levels;
        for (int level = 0; level < levels; level++) {
            int start = level * joined;
            int end = level == levels - 1 ? p.length : start + joined;
            double sum = 0;
            int filled = 0;
            for (int i = start; i < end; i++) {
                sum += i == 0 ? first : i == p.length - 1 ? last : p[i];
                filled += p[i] > 0 ? 1 : 0;
            }
            for (int i = start; i < end; i++) {
                q[i] = p[i] > 0 ? sum / filled : 0;
            }
        }
        return q;
    }

    /** Gives empty bins a little of what the others have; {@code false} if they have too little. */
    private static boolean smooth(double[] distribution) {
        int zeros = 0;
        for (double count : distribution) {
            zeros += count == 0 ? 1 : 0;
        }
        int filled = distribution.length - zeros;
        double taken = filled == 0 ? Double.POSITIVE_INFINITY : EPSILON * zeros / filled;
        boolean enough = taken < 1;
        for (int i = 0; i < distribution.length; i++) {
            distribution[i] += distribution[i] == 0 ? EPSILON : -taken;
            enough &= distribution[i] > 0;
        }
        return enough;
    }

    private static double relativeEntropy(double[] p, double[] q) {
        double sumP = 0;
        double sumQ = 0;
        for (int i = 0; i < p.length; i++) {
            sumP += p[i];
            sumQ += q[i];
        }
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] != q[i]) {
                sum += p[i] * StrictMath.log(p[i] / q[i]);
            }
        }
        return sum / sumP + StrictMath.log(sumQ / sumP);
    }
}
