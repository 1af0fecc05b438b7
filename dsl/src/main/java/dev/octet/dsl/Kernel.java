package dev.octet.dsl;

import java.util.List;

/**
 * Window of a convolution or pooling, in pixels: {@code kernel(3).stride(2).pad(1)}.
 *
 * @param size rows, columns; positive
 * @param strides rows, columns between windows, positive; empty if not given: then 1 for a convolution and the size for
 *     pooling
 * @param dilations rows, columns between the taps of a window, positive
 * @param padding top, left, bottom, right; from 0 to less than a window spans
 * @param groups groups of channels of a convolution
 * @param options what else was asked for
 */
public record Kernel(
        List<Integer> size,
        List<Integer> strides,
        List<Integer> dilations,
        List<Integer> padding,
        int groups,
        Options options) {
    private static final List<Integer> NO_PADDING = List.of(0, 0, 0, 0);

    /**
     * Switches of a kernel.
     *
     * @param bias whether a convolution adds a bias
     * @param same whether the padding is such that the result has {@code ceil(extent / stride)} rows and columns
     * @param ceil whether a last window that reaches beyond the padded image counts
     * @param paddingCounts whether padding counts as zeros in a mean
     */
    public record Options(boolean bias, boolean same, boolean ceil, boolean paddingCounts) {
        private static final Options DEFAULT = new Options(false, false, false, true);
    }

    public Kernel {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
        dilations = List.copyOf(dilations);
        padding = List.copyOf(padding);
        require(size.size() == 2 && allAtLeast(1, size), "the size has rows and columns of at least 1", size);
        require(
                strides.isEmpty() || strides.size() == 2 && allAtLeast(1, strides),
                "the stride has rows and columns of at least 1",
                strides);
        require(
                dilations.size() == 2 && allAtLeast(1, dilations),
                "the dilation has rows and columns of at least 1",
                dilations);
        require(padding.size() == 4 && allAtLeast(0, padding), "the padding has four sides of at least 0", padding);
        for (int side = 0; side < 4; side++) {
            long span = (size.get(side % 2) - 1L) * dilations.get(side % 2) + 1;
            require(padding.get(side) < span, "the padding is smaller than the size " + size, padding);
        }
        require(groups >= 1, "there is at least 1 group", groups);
        boolean either = !options.same() || padding.equals(NO_PADDING) && !options.ceil();
        require(either, "same() decides about the padding, so it goes without pad and ceil", padding);
    }

    /** A square kernel without padding and bias. */
    public static Kernel kernel(int size) {
        return kernel(size, size);
    }

    /** A kernel without padding and bias. */
    public static Kernel kernel(int rows, int columns) {
        return new Kernel(List.of(rows, columns), List.of(), List.of(1, 1), NO_PADDING, 1, Options.DEFAULT);
    }

    /** The same distance between windows in both directions. */
    public Kernel stride(int stride) {
        return stride(stride, stride);
    }

    /** Distances between windows. */
    public Kernel stride(int rows, int columns) {
        return new Kernel(size, List.of(rows, columns), dilations, padding, groups, options);
    }

    /** The same distance between the taps of a window in both directions; 1 unless given. */
    public Kernel dilation(int dilation) {
        return dilation(dilation, dilation);
    }

    /** Distances between the taps of a window. A padding that only a dilated window allows comes after it. */
    public Kernel dilation(int rows, int columns) {
        return new Kernel(size, strides, List.of(rows, columns), padding, groups, options);
    }

    /** The same padding on all sides. */
    public Kernel pad(int pixels) {
        return pad(pixels, pixels, pixels, pixels);
    }

    /** Padding of each side. */
    public Kernel pad(int top, int left, int bottom, int right) {
        return new Kernel(size, strides, dilations, List.of(top, left, bottom, right), groups, options);
    }

    /**
     * Padding such that the result has {@code ceil(extent / stride)} rows and columns: half of it before, and where it is
     * odd one pixel more after the image. This is what TensorFlow calls SAME.
     */
    public Kernel same() {
        return with(new Options(options.bias, true, options.ceil, options.paddingCounts));
    }

    /** A pooling whose last windows may reach beyond the padded image, as far as they begin within it. */
    public Kernel ceil() {
        return with(new Options(options.bias, options.same, true, options.paddingCounts));
    }

    /** An average pooling that divides by the number of pixels of the image in the window, without those of the padding. */
    public Kernel uncountedPadding() {
        return with(new Options(options.bias, options.same, options.ceil, false));
    }

    /** A convolution of groups: each makes an equal share of the output channels from an equal share of the input's. */
    public Kernel groups(int count) {
        return new Kernel(size, strides, dilations, padding, count, options);
    }

    /** A convolution with a bias. */
    public Kernel bias() {
        return with(new Options(true, options.same, options.ceil, options.paddingCounts));
    }

    private Kernel with(Options other) {
        return new Kernel(size, strides, dilations, padding, groups, other);
    }

    /** Whether a convolution adds a bias. */
    public boolean hasBias() {
        return options.bias();
    }

    private static boolean allAtLeast(int least, List<Integer> values) {
        return values.stream().allMatch(value -> value >= least);
    }

    private static void require(boolean holds, String rule, Object found) {
        if (!holds) {
            throw new DslException(DslCode.KERNEL, rule, found);
        }
    }
}
