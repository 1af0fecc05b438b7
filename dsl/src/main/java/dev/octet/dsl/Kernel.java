package dev.octet.dsl;

import java.util.List;

/**
 * Window of a convolution or pooling, in pixels: {@code kernel(3).stride(2).pad(1)}.
 *
 * @param size rows, columns; positive
 * @param strides rows, columns between windows, positive; empty if not given: then 1 for a convolution and the size for
 *     pooling
 * @param padding top, left, bottom, right; from 0 to less than the size
 * @param hasBias whether a convolution adds a bias
 */
public record Kernel(List<Integer> size, List<Integer> strides, List<Integer> padding, boolean hasBias) {
    public Kernel {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
        padding = List.copyOf(padding);
        require(size.size() == 2 && allAtLeast(1, size), "the size has rows and columns of at least 1", size);
        require(
                strides.isEmpty() || strides.size() == 2 && allAtLeast(1, strides),
                "the stride has rows and columns of at least 1",
                strides);
        require(padding.size() == 4 && allAtLeast(0, padding), "the padding has four sides of at least 0", padding);
        require(
                padding.get(0) < size.get(0)
                        && padding.get(1) < size.get(1)
                        && padding.get(2) < size.get(0)
                        && padding.get(3) < size.get(1),
                "the padding is smaller than the size " + size,
                padding);
    }

    /** A square kernel without padding and bias. */
    public static Kernel kernel(int size) {
        return kernel(size, size);
    }

    /** A kernel without padding and bias. */
    public static Kernel kernel(int rows, int columns) {
        return new Kernel(List.of(rows, columns), List.of(), List.of(0, 0, 0, 0), false);
    }

    /** The same distance between windows in both directions. */
    public Kernel stride(int stride) {
        return stride(stride, stride);
    }

    /** Distances between windows. */
    public Kernel stride(int rows, int columns) {
        return new Kernel(size, List.of(rows, columns), padding, hasBias);
    }

    /** The same padding on all sides. */
    public Kernel pad(int pixels) {
        return pad(pixels, pixels, pixels, pixels);
    }

    /** Padding of each side. */
    public Kernel pad(int top, int left, int bottom, int right) {
        return new Kernel(size, strides, List.of(top, left, bottom, right), hasBias);
    }

    /** A convolution with a bias. */
    public Kernel bias() {
        return new Kernel(size, strides, padding, true);
    }

    private static boolean allAtLeast(int least, List<Integer> values) {
        return values.stream().allMatch(value -> value >= least);
    }

    private static void require(boolean holds, String rule, List<Integer> found) {
        if (!holds) {
            throw new DslException(DslCode.KERNEL, rule, found);
        }
    }
}
