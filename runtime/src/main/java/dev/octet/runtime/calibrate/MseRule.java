package dev.octet.runtime.calibrate;

/**
 * The range with the least mean squared error of quantisation, rounding inside and saturation beyond it together.
 *
 * <p>Each bin's values are taken as spread evenly over the bin, so that its error is an integral in closed form: with step
 * {@code s = range / steps} the error at x is {@code x - k s} for {@code k = min(rint(x / s), steps)}, and the integral of
 * its square from 0 to x is {@code k s^3 / 12 + (x - k s)^3 / 3}. The first bin, which holds the zeros, is left out: every
 * range represents them. Candidates are the upper edges of bins, the last at the largest value; on a tie the larger range
 * wins.
 */
final class MseRule implements RangeRule {
    @Override
    public String name() {
        return "mse";
    }

    @Override
    public float range(Histogram histogram, int steps) {
        if (histogram.max() == 0) {
            return RANGE_OF_ZEROS;
        }
        long[] counts = histogram.counts();
        double max = histogram.max() / histogram.width();
        double best = max;
        double least = error(counts, max, steps);
        for (int edge = counts.length - 1; edge > 0; edge--) {
            double error = error(counts, edge, steps);
            if (error < least) {
                least = error;
                best = edge;
            }
        }
        return Math.max((float) (best * histogram.width()), SMALLEST);
    }

    /** Sum of squared errors; everything in bins. */
    private static double error(long[] counts, double range, int steps) {
        double step = range / steps;
        double sum = 0;
        double before = integral(1, step, steps);
        for (int bin = 1; bin < counts.length; bin++) {
            double after = integral(bin + 1, step, steps);
            sum += counts[bin] * (after - before);
            before = after;
        }
        return sum;
    }

    private static double integral(double x, double step, int steps) {
        double k = Math.min(Math.rint(x / step), steps);
        double rest = x - k * step;
        return k * step * step * step / 12 + rest * rest * rest / 3;
    }
}
