package dev.octet.plan;

import java.util.List;
import java.util.Objects;

/**
 * How unsigned bytes of an image, in HWC order, become numbers: {@code (byte * scale - mean[c]) / std[c]}, computed in
 * double and rounded once to float. With 256 possible bytes a channel, devices use tables of the results.
 *
 * @param order meaning of the channels
 * @param scale factor of the byte
 * @param mean subtracted, per channel
 * @param std divisor, per channel, positive
 * @param resize shorter side to which images of other sizes are scaled before their centre is cut out; 0 if they are to cover the
 *     shape just so
 */
public record ImageFormat(ChannelOrder order, float scale, List<Float> mean, List<Float> std, int resize) {
    /** Meaning of an image's channels, in the order in which the network wants them. */
    public enum ChannelOrder {
        /** One channel. */
        GRAY(1),
        /** Red, green, blue. */
        RGB(3),
        /** Blue, green, red. */
        BGR(3);

        private final int channels;

        ChannelOrder(int channels) {
            this.channels = channels;
        }

        /** Number of channels. */
        public int channels() {
            return channels;
        }
    }

    /** Largest {@link #resize}. */
    public static final int MOST_RESIZE = 1 << 16;

    public ImageFormat {
        Objects.requireNonNull(order);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != order.channels() || std.size() != order.channels()) {
            throw new IllegalArgumentException(order + " needs " + order.channels() + " means and deviations");
        }
        if (!Float.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException("scale must be finite and not zero: " + scale);
        }
        if (mean.stream().anyMatch(m -> !Float.isFinite(m))) {
            throw new IllegalArgumentException("means must be finite: " + mean);
        }
        if (std.stream().anyMatch(s -> !(s > 0) || s.isInfinite())) {
            throw new IllegalArgumentException("deviations must be positive and finite: " + std);
        }
        if (resize < 0 || resize > MOST_RESIZE) {
            throw new IllegalArgumentException("resize must be from 0 to " + MOST_RESIZE + ": " + resize);
        }
    }

    /** A format whose images of other sizes are scaled to cover the shape just so. */
    public ImageFormat(ChannelOrder order, float scale, List<Float> mean, List<Float> std) {
        this(order, scale, mean, std, 0);
    }

    /** Number of channels. */
    public int channels() {
        return order.channels();
    }

    /** The number that byte {@code pixel} (0..255) of channel {@code c} stands for. */
    public float value(int c, int pixel) {
        return (float) ((pixel * (double) scale - mean.get(c)) / std.get(c));
    }
}
