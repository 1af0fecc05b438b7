package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.SplittableRandom;

/** Random specifications of the same variant as a given one, small enough for the oracle. */
final class RandomSpecs {
    /** Where lanes, steps and tiles begin or end. */
    private static final int[] EDGES = {1, 2, 3, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 96, 112, 127, 128, 129, 130
    };

    private static final int MAX_CHANNELS = 130;
    private static final int MAX_PRODUCTS = 4_000_000;

    private final SplittableRandom random;

    RandomSpecs(long seed) {
        this.random = new SplittableRandom(seed);
    }

    KernelSpec like(KernelSpec spec) {
        if (spec instanceof KernelSpec.Conv2d conv) {
            return conv.out() == ElementType.F32 ? wholeConv(conv) : conv(conv);
        } else if (spec instanceof KernelSpec.Dense dense) {
            return new KernelSpec.Dense(
                    dense.in(), dense.out(), 16 * between(1, 80), stored(dense.out(), 1, 1), dense.residual());
        } else if (spec instanceof KernelSpec.MaxPool pool) {
            Window window = window(3);
            Extent input = fitting(window);
            Extent output = new Extent(
                    window.outHeight(input.height()), window.outWidth(input.width()), input.channels(), input.pitch());
            return new KernelSpec.MaxPool(pool.element(), input, output, window);
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            return new KernelSpec.GlobalAvgPool(
                    pool.in(), pool.out(), image(between(1, 30), between(1, 30), channels()));
        } else if (spec instanceof KernelSpec.Add add) {
            return new KernelSpec.Add(add.x(), add.y(), add.out(), 16 * between(1, 2000));
        } else if (spec instanceof KernelSpec.Rescale rescale) {
            return new KernelSpec.Rescale(rescale.in(), rescale.out(), 16 * between(1, 2000));
        } else if (spec instanceof KernelSpec.Quantize) {
            Extent output = image(between(1, 40), between(1, 40), random.nextBoolean() ? 1 : 3);
            Extent input = new Extent(output.height(), output.width(), output.channels(), output.channels());
            return new KernelSpec.Quantize(input, output);
        } else if (spec instanceof KernelSpec.QuantizeFloat) {
            Extent output = image(between(1, 20), between(1, 20), channels());
            Extent input = new Extent(output.height(), output.width(), output.channels(), output.channels());
            return new KernelSpec.QuantizeFloat(input, output);
        } else if (spec instanceof KernelSpec.Dequantize dequantize) {
            return new KernelSpec.Dequantize(dequantize.in(), image(between(1, 12), between(1, 12), channels()));
        }
        throw new AssertionError("no random specification like " + spec);
    }

    private KernelSpec conv(KernelSpec.Conv2d like) {
        while (true) {
            Window window = window(random.nextInt(8) == 0 ? 7 : 4);
            Extent input = fitting(window);
            Extent output = stored(like.out(), window.outHeight(input.height()), window.outWidth(input.width()));
            long products = (long) output.pixels() * output.channels() * window.taps() * input.channels();
            if (products <= MAX_PRODUCTS) {
                return new KernelSpec.Conv2d(like.in(), like.out(), input, output, window, like.residual());
            }
        }
    }

    private KernelSpec wholeConv(KernelSpec.Conv2d like) {
        int rows = between(1, 7);
        int columns = between(1, 7);
        Window window = new Window(rows, columns, 1, 1, 0, 0, 0, 0);
        return new KernelSpec.Conv2d(
                like.in(),
                like.out(),
                image(rows, columns, channels()),
                stored(like.out(), 1, 1),
                window,
                like.residual());
    }

    private Window window(int largest) {
        int rows = between(1, largest);
        int columns = between(1, largest);
        return new Window(
                rows,
                columns,
                between(1, 3),
                between(1, 3),
                between(0, rows - 1),
                between(0, columns - 1),
                between(0, rows - 1),
                between(0, columns - 1));
    }

    private Extent fitting(Window window) {
        return image(window.kernelH() + between(0, 17), window.kernelW() + between(0, 17), channels());
    }

    private int channels() {
        return random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : between(1, MAX_CHANNELS);
    }

    private int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    private Extent stored(ElementType element, int height, int width) {
        int channels = channels();
        return element.isInteger() ? image(height, width, channels) : new Extent(height, width, channels, channels);
    }

    private static Extent image(int height, int width, int channels) {
        return new Extent(height, width, channels, ChannelMap.padded(channels).pitch());
    }
}
