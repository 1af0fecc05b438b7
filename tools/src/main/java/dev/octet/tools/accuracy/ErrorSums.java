package dev.octet.tools.accuracy;

/** Sums over pairs of an exact number and its approximation, in double and in the order in which they come. */
final class ErrorSums {
    /** Ratio, in dB, of numbers without any error: that of floats whose last bits differ is below. */
    static final double MOST_SNR = 200;

    private double signal;
    private double noise;
    private double product;
    private double square;
    private double bias;

    /** Adds numbers of one channel. */
    void add(float[] exact, float[] found) {
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            double error = (double) found[i] - exact[i];
            signal += (double) exact[i] * exact[i];
            square += (double) found[i] * found[i];
            product += (double) exact[i] * found[i];
            noise += error * error;
            sum += error;
        }
        bias += sum * sum / exact.length;
    }

    /** {@code 10 log10(sum x^2 / sum (x' - x)^2)} in dB, within {@link #MOST_SNR} on both sides. */
    double snr() {
        if (noise == 0) {
            return MOST_SNR;
        }
        double decibels = 10 * Math.log10(signal / noise);
        return Math.max(-MOST_SNR, Math.min(MOST_SNR, decibels));
    }

    /** {@code sum x x' / sqrt(sum x^2 sum x'^2)}; 1 where both are zero everywhere, 0 where one is. */
    double cosine() {
        double norms = Math.sqrt(signal) * Math.sqrt(square);
        if (norms == 0) {
            return signal == square ? 1 : 0;
        }
        return product / norms;
    }

    /** Share of the error's power that is a constant of the channel in each call of {@link #add}, from 0 to 1. */
    double biasShare() {
        return noise == 0 ? 0 : Math.min(1, bias / noise);
    }
}
