package dev.octet.plan.weights;

import java.util.List;
import java.util.Objects;

/**
 * A tensor of a safetensors file.
 *
 * @param dtype element type as the file names it, for example {@code F32}
 * @param shape extents, outermost first; empty for a scalar
 * @param offset position of the first byte in the file
 * @param bytes number of bytes
 */
public record TensorInfo(String dtype, List<Integer> shape, long offset, long bytes) {
    public TensorInfo {
        Objects.requireNonNull(dtype);
        shape = List.copyOf(shape);
        if (offset < 0 || bytes < 0) {
            throw new IllegalArgumentException("bad extent: " + offset + "+" + bytes);
        }
    }

    /** Number of elements; throws {@link ArithmeticException} beyond 2^63. */
    public long elements() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
