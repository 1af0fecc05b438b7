package dev.octet.tools;

/** Images of one size, as a network with one input takes them: rows of pixels, channels last, unsigned bytes. */
public interface Images {
    /** Number of images. */
    int size();

    /** The bytes of image {@code i}, from 0; the caller may keep them. */
    byte[] get(int i);

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
            public byte[] get(int i) {
                return all.get(from + i);
            }
        };
    }
}
