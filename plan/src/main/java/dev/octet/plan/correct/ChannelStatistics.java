package dev.octet.plan.correct;

import java.util.Objects;

/**
 * What was measured of a value, per channel.
 *
 * @param largest largest magnitude
 * @param power mean square
 * @param variance mean square of the distance from the mean
 * @param nonZero share of the elements that are not zero, from 0 to 1
 */
public record ChannelStatistics(float[] largest, double[] power, double[] variance, double[] nonZero) {
    public ChannelStatistics {
        Objects.requireNonNull(largest);
        if (power.length != largest.length || variance.length != largest.length || nonZero.length != largest.length) {
            throw new IllegalArgumentException("statistics of different numbers of channels");
        }
    }

    /** Largest magnitude of all channels. */
    double range() {
        double range = 0;
        for (float channel : largest) {
            range = Math.max(range, channel);
        }
        return range;
    }
}
