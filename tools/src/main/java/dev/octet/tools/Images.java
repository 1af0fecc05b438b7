package dev.octet.tools;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Images of one size, as a network with one input takes them: rows of pixels, channels last, unsigned bytes; or, for an input of
 * floats, those in (channel, row, column) order.
 */
public interface Images {
    /** Number of images. */
    int size();

    /** Number of images that these were chosen from. */
    default int available() {
        return size();
    }

    /** How many they are, and of how many if not all were chosen, for people. */
    default String count() {
        String of = size() < available() ? String.format(Locale.ROOT, "%,d of ", size()) : "";
        return of + String.format(Locale.ROOT, "%,d image%s", available(), available() == 1 ? "" : "s");
    }

    /** The bytes of image {@code i}, from 0; little-endian if they are floats. The caller may keep them. */
    byte[] get(int i);

    /** Whether they are floats. */
    default boolean floats() {
        return false;
    }

    /**
     * Images one after another, as a network's input: a {@link ByteBuffer}, or a {@link java.nio.FloatBuffer} of {@link #floats}.
     *
     * @param from the first
     * @param to the one behind the last
     * @param direct whether their memory is to be outside of the heap
     */
    default Buffer buffer(int from, int to, boolean direct) {
        byte[] first = get(from);
        int bytes = Math.multiplyExact(first.length, to - from);
        ByteBuffer buffer = (direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(first);
        for (int i = from + 1; i < to; i++) {
            buffer.put(get(i));
        }
        buffer.flip();
        return floats() ? buffer.asFloatBuffer() : buffer;
    }

    /**
     * Some of the images.
     *
     * @param from the first
     * @param to the one behind the last, at most {@link #size}
     */
    default Images part(int from, int to) {
        if (from < 0 || from >= to || to > size()) {
            throw new IllegalArgumentException("no images " + from + " to " + to + " of " + size());
        }
        Images all = this;
        return new Images() {
            @Override
            public int size() {
                return to - from;
            }

            @Override
            public int available() {
                return all.available();
            }

            @Override
            public byte[] get(int i) {
                return all.get(from + i);
            }

            @Override
            public boolean floats() {
                return all.floats();
            }
        };
    }
}
