package dev.octet.plan.quant;

/**
 * {@code exp(x[c] - max) / sum} over channels, in double by StrictMath and rounded to float once, so that all machines
 * agree. Taking the largest away first keeps the exponentials finite.
 */
public final class Softmax {
    private Softmax() {}

    /**
     * Replaces numbers by their softmax.
     *
     * @param values channel after channel, each of {@code pixels} numbers; only the first {@code channels * pixels} count
     * @param channels number of channels
     * @param pixels number of pixels
     */
    public static void apply(float[] values, int channels, int pixels) {
        double[] powers = new double[channels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < channels; c++) {
                max = Math.max(max, values[c * pixels + pixel]);
            }
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                powers[c] = StrictMath.exp(values[c * pixels + pixel] - max);
                sum += powers[c];
            }
            for (int c = 0; c < channels; c++) {
                values[c * pixels + pixel] = (float) (powers[c] / sum);
            }
        }
    }
}
