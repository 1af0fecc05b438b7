package dev.octet.runtime.calibrate;

import dev.octet.plan.text.Decimals;
import java.util.Optional;

/**
 * The upper edge of the histogram's bin in which a percentile of |x| lies, so that at least this share of the values does
 * not saturate, and at most the largest value.
 */
final class PercentileRule implements RangeRule {
    /** First part of the name. */
    static final String PREFIX = "percentile";

    /** A tenth of a thousandth of the values saturates: the usual choice for convolutional networks. */
    static final double USUAL = 99.99;

    private final double percent;

    PercentileRule(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a percentile is above 0 and at most 100: " + percent);
        }
        this.percent = percent;
    }

    /** The rule of a name that starts with {@link #PREFIX}; empty if there is none. */
    static Optional<RangeRule> parse(String name) {
        String parameter = name.substring(PREFIX.length());
        if (parameter.isEmpty()) {
            return Optional.of(new PercentileRule(USUAL));
        }
        try {
            return parameter.matches("-[0-9.]{1,20}")
                    ? Optional.of(new PercentileRule(Double.parseDouble(parameter.substring(1))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return PREFIX + "-" + Decimals.text(percent);
    }

    @Override
    public float range(Histogram histogram, int steps) {
        if (histogram.max() == 0) {
            return RANGE_OF_ZEROS;
        }
        long[] counts = histogram.counts();
        double wanted = percent / 100 * histogram.total();
        long covered = 0;
        int bin = 0;
        while (bin < counts.length - 1 && covered + counts[bin] < wanted) {
            covered += counts[bin++];
        }
        double edge = (bin + 1) * histogram.width();
        return Math.max((float) Math.min(edge, histogram.max()), SMALLEST);
    }
}
