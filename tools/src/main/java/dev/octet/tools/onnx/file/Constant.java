package dev.octet.tools.onnx.file;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor with its values: of floats or of integers, which truth values are too. Those of a file are read when they are
 * asked for.
 */
public final class Constant {
    /** Most elements that are held in memory; tensors beyond can only be copied from file to file. */
    public static final int MOST_IN_MEMORY = 1 << 25;

    /** Kind of the elements. */
    public enum Kind {
        /** IEEE binary32. */
        FLOAT,
        /** Integers of any width, and truth values. */
        INTEGER,
        /** What the importer does not compute with. */
        OTHER
    }

    private final String type;
    private final Kind kind;
    private final List<Integer> dims;
    private final Elements elements;

    /** The elements of a tensor. */
    interface Elements {
        /** Floats; only of {@link Kind#FLOAT}. */
        float[] floats();

        /** Integers; only of {@link Kind#INTEGER}. */
        long[] integers();

        /** Consecutive floats, as little-endian bytes. */
        ByteBuffer bytes(int first, int count);
    }

    Constant(String type, Kind kind, List<Integer> dims, Elements elements) {
        this.type = type;
        this.kind = kind;
        this.dims = List.copyOf(dims);
        this.elements = elements;
    }

    /** A tensor of floats; the array is not copied. */
    public static Constant of(List<Integer> dims, float... values) {
        requireCount(dims, values.length);
        return new Constant("FLOAT", Kind.FLOAT, dims, new Elements() {
            @Override
            public float[] floats() {
                return values;
            }

            @Override
            public long[] integers() {
                throw new IllegalStateException("floats");
            }

            @Override
            public ByteBuffer bytes(int first, int count) {
                return littleEndian(values, first, count);
            }
        });
    }

    /**
     * A tensor of floats that are computed when they are asked for, and again if they have been given up for want of memory.
     *
     * @param values makes the floats, each time the same
     */
    public static Constant computed(List<Integer> dims, Supplier<float[]> values) {
        return new Constant("FLOAT", Kind.FLOAT, dims, new Elements() {
            private SoftReference<float[]> kept = new SoftReference<>(null);

            @Override
            public float[] floats() {
                float[] found = kept.get();
                if (found == null) {
                    found = values.get();
                    requireCount(dims, found.length);
                    kept = new SoftReference<>(found);
                }
                return found;
            }

            @Override
            public long[] integers() {
                throw new IllegalStateException("floats");
            }

            @Override
            public ByteBuffer bytes(int first, int count) {
                return littleEndian(floats(), first, count);
            }
        });
    }

    private static ByteBuffer littleEndian(float[] values, int first, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, first, count);
        return bytes;
    }

    /** A tensor of integers; the array is not copied. */
    public static Constant of(List<Integer> dims, long... values) {
        requireCount(dims, values.length);
        return new Constant("INT64", Kind.INTEGER, dims, new Elements() {
            @Override
            public float[] floats() {
                throw new IllegalStateException("integers");
            }

            @Override
            public long[] integers() {
                return values;
            }

            @Override
            public ByteBuffer bytes(int first, int count) {
                throw new IllegalStateException("integers");
            }
        });
    }

    private static void requireCount(List<Integer> dims, int values) {
        if (count(dims) != values) {
            throw new IllegalArgumentException(values + " values for " + dims);
        }
    }

    /** Number of elements of a shape; {@link ArithmeticException} beyond {@code int}. */
    public static int count(List<Integer> dims) {
        int count = 1;
        for (int dim : dims) {
            count = Math.multiplyExact(count, dim);
        }
        return count;
    }

    /** The same elements in another shape of as many. */
    public Constant reshaped(List<Integer> other) {
        requireCount(other, size());
        return new Constant(type, kind, other, elements);
    }

    /** The element type as ONNX calls it. */
    public String type() {
        return type;
    }

    /** Kind of the elements. */
    public Kind kind() {
        return kind;
    }

    /** Extents, outermost first; none for a scalar. */
    public List<Integer> dims() {
        return dims;
    }

    /** Number of elements. */
    public int size() {
        return count(dims);
    }

    /** Whether the elements are few enough to be held in memory. */
    public boolean fits() {
        return size() <= MOST_IN_MEMORY;
    }

    /** The floats, not to be changed. */
    public float[] floats() {
        return elements.floats();
    }

    /** The integers, not to be changed. */
    public long[] integers() {
        return elements.integers();
    }

    /** Some of the floats, as little-endian bytes. */
    public ByteBuffer bytes(int first, int count) {
        return elements.bytes(first, count);
    }

    @Override
    public String toString() {
        return type + dims;
    }
}
