package dev.octet.plan.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Logical shape of one image's tensor, never with the batch: {@code [channels, height, width]} or {@code [features]}.
 *
 * @param dims one or three positive extents, outermost first
 */
public record Shape(List<Integer> dims) {
    public Shape {
        dims = List.copyOf(dims);
        if (dims.size() != 1 && dims.size() != 3) {
            throw new IllegalArgumentException("a shape has 1 or 3 dimensions: " + dims);
        }
        long elements = 1;
        for (int dim : dims) {
            if (dim < 1) {
                throw new IllegalArgumentException("dimensions are positive: " + dims);
            }
            elements = Math.multiplyExact(elements, dim);
            if (elements > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("more than 2^31 - 1 elements: " + dims);
            }
        }
    }

    /** A shape of the given extents. */
    public static Shape of(Integer... dims) {
        return new Shape(List.of(dims));
    }

    /** Number of dimensions: 1 or 3. */
    public int rank() {
        return dims.size();
    }

    /** Channels, or features of a vector. */
    public int channels() {
        return dims.get(0);
    }

    /** Height; 1 for a vector. */
    public int height() {
        return rank() == 3 ? dims.get(1) : 1;
    }

    /** Width; 1 for a vector. */
    public int width() {
        return rank() == 3 ? dims.get(2) : 1;
    }

    /** Height times width. */
    public int pixels() {
        return height() * width();
    }

    /** Number of elements. */
    public int elements() {
        return channels() * pixels();
    }

    @Override
    public String toString() {
        return dims.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
