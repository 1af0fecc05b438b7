package dev.octet.plan.graph;

import java.util.Comparator;
import java.util.List;

/**
 * Where the logical channels of a pixel lie in memory. Activations are NHWC: pixel after pixel, each {@code pitch}
 * elements long; lanes that no segment covers are padding and always hold zero.
 *
 * @param pitch physical elements per pixel
 * @param segments runs of channels, in logical order, covering every logical channel once
 */
public record ChannelMap(int pitch, List<Segment> segments) {
    /** Multiple to which integer activations are padded, so that a pixel starts on a 16-byte boundary. */
    public static final int ALIGNMENT = 16;

    /** Elements of a pixel of one word: what convolutions read of inputs of few channels. */
    public static final int WORD = 4;

    /** Multiple to which float activations are padded, for the same reason. */
    public static final int FLOAT_ALIGNMENT = 4;

    /**
     * A run of channels that is contiguous both logically and physically.
     *
     * @param logical first logical channel
     * @param physical first physical lane
     * @param count number of channels
     */
    public record Segment(int logical, int physical, int count) {
        public Segment {
            if (logical < 0 || physical < 0 || count < 1) {
                throw new IllegalArgumentException("bad segment: " + logical + ">" + physical + "x" + count);
            }
        }
    }

    public ChannelMap {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a channel map covers at least one channel");
        }
        int next = 0;
        for (Segment s : segments) {
            if (s.logical() != next || s.count() > pitch - s.physical()) {
                throw new IllegalArgumentException("segments leave a gap or exceed pitch " + pitch + ": " + segments);
            }
            next += s.count();
        }
        requireDisjoint(segments);
    }

    /** By order, not by marking lanes: a file must not decide how much memory its check takes. */
    private static void requireDisjoint(List<Segment> segments) {
        int end = 0;
        for (Segment s : segments.stream()
                .sorted(Comparator.comparingInt(Segment::physical))
                .toList()) {
            if (s.physical() < end) {
                throw new IllegalArgumentException("segments overlap: " + segments);
            }
            end = s.physical() + s.count();
        }
    }

    /** Channels in order, without padding. */
    public static ChannelMap dense(int channels) {
        return new ChannelMap(channels, List.of(new Segment(0, 0, channels)));
    }

    /** Channels in order, padded at the end to a multiple of {@link #ALIGNMENT}. */
    public static ChannelMap padded(int channels) {
        return padded(channels, ALIGNMENT);
    }

    /** At most 4 channels in order, padded at the end to a word. */
    public static ChannelMap ofWord(int channels) {
        return new ChannelMap(WORD, List.of(new Segment(0, 0, channels)));
    }

    /** Channels in order, padded at the end to a multiple of {@link #FLOAT_ALIGNMENT}. */
    public static ChannelMap ofFloats(int channels) {
        return padded(channels, FLOAT_ALIGNMENT);
    }

    private static ChannelMap padded(int channels, int alignment) {
        int pitch = (channels + alignment - 1) / alignment * alignment;
        return new ChannelMap(pitch, List.of(new Segment(0, 0, channels)));
    }

    /** Number of logical channels. */
    public int channels() {
        Segment last = segments.get(segments.size() - 1);
        return last.logical() + last.count();
    }

    /** Whether logical channel c lies at lane c for all c. */
    public boolean isIdentity() {
        return segments.size() == 1 && segments.get(0).physical() == 0;
    }

    /** Physical lane of a logical channel. */
    public int lane(int channel) {
        for (Segment s : segments) {
            if (channel >= s.logical() && channel < s.logical() + s.count()) {
                return s.physical() + channel - s.logical();
            }
        }
        throw new IndexOutOfBoundsException("channel " + channel + " of " + channels());
    }
}
