package dev.octet.plan.graph;

/**
 * Element type of a tensor. Integer activations have zero point 0, so that zero padding is always the value zero.
 */
public enum ElementType {
    /** IEEE binary32. */
    F32("f32", 4, 0, 0),
    /** Signed byte in [-127, 127]; -128 is never produced. */
    S8("s8", 1, -127, 127),
    /** Unsigned byte in [0, 255], where the topology proves that values are not negative. */
    U8("u8", 1, 0, 255);

    private final String text;
    private final int bytes;
    private final int min;
    private final int max;

    ElementType(String text, int bytes, int min, int max) {
        this.text = text;
        this.bytes = bytes;
        this.min = min;
        this.max = max;
    }

    /** The name in the text form, for example {@code s8}. */
    public String text() {
        return text;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Smallest value of an integer type; 0 for {@link #F32}. */
    public int min() {
        return min;
    }

    /** Largest value of an integer type, which is also the number of steps in [0, amax]; 0 for {@link #F32}. */
    public int max() {
        return max;
    }

    /** Whether this is one of the 8-bit integer types. */
    public boolean isInteger() {
        return this != F32;
    }
}
