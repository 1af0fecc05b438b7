package dev.octet.compiler.memory;

/**
 * When a value must keep its memory.
 *
 * @param value id of the value
 * @param bytes size of one image
 * @param first step that writes it; -1 if it is there before the first step
 * @param last last step that reads it; the number of steps if it is read afterwards
 */
public record Lifetime(int value, long bytes, int first, int last) {
    public Lifetime {
        if (bytes < 1 || last < first) {
            throw new IllegalArgumentException(
                    "bad lifetime of %" + value + ": " + bytes + " bytes, " + first + ".." + last);
        }
    }

    /** Whether both need memory at some step; a step's results and operands all need theirs during it. */
    public boolean meets(Lifetime other) {
        return first <= other.last && other.first <= last;
    }
}
