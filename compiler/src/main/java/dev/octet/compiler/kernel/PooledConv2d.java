package dev.octet.compiler.kernel;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.PackSpec;
import java.util.Optional;

/**
 * Convolution of pixels of one word whose result is max-pooled at once, and kept nowhere else: how many networks begin. The
 * arithmetic is that of {@link KernelSpec.Conv2d} followed by {@link KernelSpec.MaxPool}.
 *
 * @param in input type, integer
 * @param out type of the convolution's result and of the pooled one, integer
 * @param input input extents, pixels of one word
 * @param middle extents of the convolution's result, of at most {@link #MOST_CHANNELS} channels
 * @param window the convolution's window, {@link #MOST_TAPS} rows and columns at most, without gaps
 * @param output extents of the result
 * @param pool the pooling's window of two or three rows and columns, at every other one
 */
public record PooledConv2d(
        ElementType in, ElementType out, Extent input, Extent middle, Window window, Extent output, Window pool)
        implements KernelSpec {
    /** Channels of the two warps that share a strip of columns. */
    public static final int MOST_CHANNELS = 64;

    /** Channels of a warp, which keeps their weights in registers. */
    private static final int CHANNELS_OF_WARP = 32;

    /** Rows and columns of the convolution's window. */
    public static final int MOST_TAPS = 8;

    /** Rows and columns between the convolution's windows, so that what a block reads fits shared memory. */
    public static final int MOST_STRIDE = 4;

    /** Rows and columns between the pooling's windows. */
    public static final int POOL_STRIDE = 2;

    public PooledConv2d {
        require(in.isInteger() && out.isInteger(), "a pooled convolution works on integers");
        require(input.pitch() == WORD, "its pixels are words");
        require(
                middle.pitch() % VECTOR == 0 && middle.pitch() - middle.channels() < VECTOR,
                "its results are padded to 16 bytes");
        require(output.channels() == middle.channels() && output.pitch() == middle.pitch(), "pooling keeps the lanes");
        require(fit(input, window, middle) && fit(middle, pool, output), "windows and extents do not fit together");
        require(
                isSmall(window, pool, middle.channels()),
                "a pooled convolution has small windows without gaps, and few channels");
    }

    /** Whether windows and channels are such as the kernel has registers and shared memory for. */
    static boolean isSmall(Window window, Window pool, int channels) {
        return channels <= MOST_CHANNELS
                && !window.isDilated()
                && Math.max(window.kernelH(), window.kernelW()) <= MOST_TAPS
                && Math.max(window.strideH(), window.strideW()) <= MOST_STRIDE
                && !pool.isDilated()
                && suits(pool.kernelH(), pool.strideH())
                && suits(pool.kernelW(), pool.strideW());
    }

    /** A lane has two neighbouring pixels of the convolution, and its neighbour the third. */
    private static boolean suits(int kernel, int stride) {
        return stride == POOL_STRIDE && (kernel == POOL_STRIDE || kernel == POOL_STRIDE + 1);
    }

    private static boolean fit(Extent from, Window window, Extent to) {
        return window.outHeight(from.height()) == to.height() && window.outWidth(from.width()) == to.width();
    }

    /** Rows of the filter that a step of K, which has 8 pixels, takes: two of at most 4 columns, or one. */
    public int rowsOfStep() {
        return new PackSpec.PixelFragments(window.kernelW(), MOST_CHANNELS).rowsOfStep();
    }

    /** Steps of K, the last filled up. */
    public int steps() {
        return (window.kernelH() + rowsOfStep() - 1) / rowsOfStep();
    }

    /** Channels that the weights of the kernel have: those of the results, filled up to 16, 32 or 64. */
    public int group() {
        return middle.pitch() <= CHANNELS_OF_WARP ? middle.pitch() : MOST_CHANNELS;
    }

    /** Warps that share a strip of columns, each with a part of the channels. */
    public int warpsOfStrip() {
        return (group() + CHANNELS_OF_WARP - 1) / CHANNELS_OF_WARP;
    }

    /** The convolution alone. */
    public Conv2d convolution() {
        return new Conv2d(in, out, input, middle, window, Optional.empty());
    }

    /** The pooling alone. */
    public MaxPool pooling() {
        return new MaxPool(out, middle, output, pool);
    }

    @Override
    public String variant() {
        return "pooled_" + in.text() + "_" + out.text();
    }

    @Override
    public int items() {
        return output.pixels();
    }

    @Override
    public String canonicalName() {
        return variant() + "_" + input.canonicalName() + "_" + middle.canonicalName() + KernelSpec.name(window) + "_"
                + output.canonicalName() + KernelSpec.name(pool);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
