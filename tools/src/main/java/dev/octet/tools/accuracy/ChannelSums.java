package dev.octet.tools.accuracy;

import dev.octet.plan.correct.ChannelStatistics;

/** Collects {@link ChannelStatistics} of a value, in double and in the order of the images. */
final class ChannelSums {
    private final float[] largest;
    private final double[] sums;
    private final double[] squares;
    private final long[] nonZero;
    private long count;

    ChannelSums(int channels) {
        largest = new float[channels];
        sums = new double[channels];
        squares = new double[channels];
        nonZero = new long[channels];
    }

    void add(RealValue value) {
        for (int c = 0; c < largest.length; c++) {
            for (float number : value.channel(c)) {
                largest[c] = Math.max(largest[c], Math.abs(number));
                sums[c] += number;
                squares[c] += (double) number * number;
                nonZero[c] += number == 0 ? 0 : 1;
            }
        }
        count += (long) value.images() * value.pixels();
    }

    ChannelStatistics statistics() {
        double[] power = new double[largest.length];
        double[] variance = new double[largest.length];
        double[] share = new double[largest.length];
        for (int c = 0; c < largest.length; c++) {
            double mean = sums[c] / count;
            power[c] = squares[c] / count;
            variance[c] = Math.max(0, power[c] - mean * mean);
            share[c] = (double) nonZero[c] / count;
        }
        return new ChannelStatistics(largest.clone(), power, variance, share);
    }
}
