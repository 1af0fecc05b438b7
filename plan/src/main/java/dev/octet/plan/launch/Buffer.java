package dev.octet.plan.launch;

/**
 * Placement of a value in the arena. A session for {@code b} images puts the value at {@code offset * b}, image after
 * image, {@code bytesPerImage} apart.
 *
 * @param value id of the value in the quantised graph
 * @param offset bytes from the arena's start, per image of the session's batch; a multiple of 256
 * @param bytesPerImage exact size of one image
 */
public record Buffer(int value, long offset, long bytesPerImage) {
    /** Alignment of offsets in bytes. */
    public static final int ALIGNMENT = 256;

    public Buffer {
        if (offset < 0 || offset % ALIGNMENT != 0 || bytesPerImage < 1) {
            throw new IllegalArgumentException("bad buffer of %" + value + ": " + offset + "+" + bytesPerImage);
        }
    }
}
