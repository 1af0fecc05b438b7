package dev.octet.simulator.ptx;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A variable in memory, or a parameter.
 *
 * @param line line
 * @param space where it lies
 * @param name its name
 * @param align alignment in bytes, a power of two
 * @param size bytes; 0 for an array whose size the launch decides
 * @param initial content as bytes; empty if it has none
 */
public record Variable(int line, StateSpace space, String name, int align, int size, Optional<byte[]> initial) {
    /** A limit far above what a device has, below which sums of sizes fit an int. */
    static final int LARGEST = 1 << 26;

    public Variable {
        Objects.requireNonNull(space);
        Objects.requireNonNull(name);
        Objects.requireNonNull(initial);
        if (align < 1 || Integer.bitCount(align) != 1 || align > LARGEST) {
            throw new IllegalArgumentException("alignment " + align + " is not a power of two");
        }
        if (size < 0 || size > LARGEST) {
            throw new IllegalArgumentException("size " + size);
        }
        if (initial.isPresent() && initial.get().length != size) {
            throw new IllegalArgumentException(initial.get().length + " initial bytes of " + size);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variable that
                && line == that.line
                && space == that.space
                && name.equals(that.name)
                && align == that.align
                && size == that.size
                && Arrays.equals(initial.orElse(null), that.initial.orElse(null));
    }

    @Override
    public int hashCode() {
        return Objects.hash(line, space, name, align, size);
    }
}
