package dev.octet.runtime.calibrate;

/** Largest absolute value. */
final class NaiveRule implements RangeRule {
    @Override
    public String name() {
        return "naive";
    }

    @Override
    public float range(Histogram histogram, int steps) {
        return histogram.max() == 0 ? RANGE_OF_ZEROS : Math.max(histogram.max(), SMALLEST);
    }
}
