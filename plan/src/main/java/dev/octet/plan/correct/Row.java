package dev.octet.plan.correct;

/**
 * An output channel of a layer, as it reads the channels of a layer before it.
 *
 * @param channels numbers of these channels where they are made
 * @param largest largest magnitude of the row's weights for each of them
 * @param squares sum of the squares of the row's weights for each of them
 * @param others largest magnitude of the row's weights for channels that come from elsewhere
 * @param taps weights for a channel
 * @param power mean square of what the row makes of these channels, as if they were independent; positive
 */
record Row(int[] channels, double[] largest, double[] squares, double others, int taps, double power) {
    /**
     * Largest weight once every channel is divided by its factor.
     *
     * @param exponents of the factors, by channel where they are made
     */
    double range(int[] exponents) {
        double range = others;
        for (int i = 0; i < channels.length; i++) {
            range = Math.max(range, Math.scalb(largest[i], -exponents[channels[i]]));
        }
        return range;
    }
}
