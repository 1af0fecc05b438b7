package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.MoveChannels.Run;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
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
        } else if (spec instanceof PooledConv2d pooled) {
            return pooled(pooled);
        } else if (spec instanceof KernelSpec.Dense dense) {
            return new KernelSpec.Dense(
                    dense.in(), dense.out(), 16 * between(1, 80), stored(dense.out(), 1, 1), dense.residual());
        } else if (spec instanceof KernelSpec.MaxPool pool) {
            Window window = window(3, 1, 1);
            Extent input = fitting(window);
            return new KernelSpec.MaxPool(pool.element(), input, pooled(input, window), window);
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            Window window = window(5, 1, 1);
            Extent input = fitting(window);
            return new KernelSpec.AvgPool(
                    pool.in(), pool.out(), input, pooled(input, window), window, partOf(window.padding()));
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            return depthwise(conv);
        } else if (spec instanceof KernelSpec.Grouped conv) {
            return grouped(conv);
        } else if (spec instanceof KernelSpec.Gate gate) {
            return new KernelSpec.Gate(
                    gate.x(), gate.gate(), gate.out(), image(between(1, 30), between(1, 30), channels()));
        } else if (spec instanceof KernelSpec.Lookup) {
            return new KernelSpec.Lookup(image(between(1, 30), between(1, 30), channels()));
        } else if (spec instanceof KernelSpec.Upsample) {
            return new KernelSpec.Upsample(
                    image(between(1, 12), between(1, 12), channels()), between(1, 4), between(1, 4));
        } else if (spec instanceof MoveChannels move) {
            return moveChannels(move.unit());
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            return new KernelSpec.GlobalAvgPool(
                    pool.in(), pool.out(), image(between(1, 30), between(1, 30), channels()));
        } else if (spec instanceof KernelSpec.Add add) {
            return new KernelSpec.Add(add.x(), add.y(), add.out(), 16 * between(1, 2000));
        } else if (spec instanceof KernelSpec.Rescale rescale) {
            return new KernelSpec.Rescale(rescale.in(), rescale.out(), 16 * between(1, 2000));
        } else if (spec instanceof KernelSpec.Quantize) {
            Extent output = image(between(1, 40), between(1, 40), random.nextBoolean() ? 1 : 3);
            output = random.nextBoolean() ? ofWords(output, output.channels()) : output;
            Extent input = new Extent(output.height(), output.width(), output.channels(), output.channels());
            return new KernelSpec.Quantize(input, output);
        } else if (spec instanceof KernelSpec.QuantizeFloat) {
            Extent output = narrowed(image(between(1, 20), between(1, 20), channels()));
            Extent input = new Extent(output.height(), output.width(), output.channels(), output.channels());
            return new KernelSpec.QuantizeFloat(input, output);
        } else if (spec instanceof KernelSpec.Dequantize dequantize) {
            return new KernelSpec.Dequantize(dequantize.in(), image(between(1, 12), between(1, 12), channels()));
        } else if (spec instanceof KernelSpec.OfFloats floats) {
            return new FloatRandomSpecs(random).like(floats);
        }
        throw new AssertionError("no random specification like " + spec);
    }

    private KernelSpec conv(KernelSpec.Conv2d like) {
        while (true) {
            Window window = window(random.nextInt(8) == 0 ? 7 : 4, dilation(), dilation());
            Extent input = narrowed(fitting(window));
            Extent output = stored(like.out(), window.outHeight(input.height()), window.outWidth(input.width()));
            long products = (long) output.pixels() * output.channels() * window.taps() * input.channels();
            if (products <= MAX_PRODUCTS) {
                return new KernelSpec.Conv2d(like.in(), like.out(), input, output, window, like.residual());
            }
        }
    }

    private KernelSpec pooled(PooledConv2d like) {
        while (true) {
            Window window = window(random.nextInt(4) == 0 ? PooledConv2d.MOST_TAPS : 4, 1, 1);
            Window pool = pooling();
            int rows = pool.spanH() + between(0, 33);
            int columns = pool.spanW() + between(0, 33);
            Extent input = ofWords(
                    image(
                            (rows - 1) * window.strideH() + window.spanH(),
                            (columns - 1) * window.strideW() + window.spanW(),
                            1),
                    between(1, 4));
            int channels = Math.min(channels(), PooledConv2d.MOST_CHANNELS);
            Extent middle = image(window.outHeight(input.height()), window.outWidth(input.width()), channels);
            long products = (long) middle.pixels() * channels * window.taps() * input.channels();
            if (products <= MAX_PRODUCTS) {
                return new PooledConv2d(like.in(), like.out(), input, middle, window, pooled(middle, pool), pool);
            }
        }
    }

    private Window pooling() {
        int rows = between(2, 3);
        int columns = between(2, 3);
        Border padding = new Border(
                between(0, rows - 1), between(0, columns - 1), between(0, rows - 1), between(0, columns - 1));
        return new Window(rows, columns, PooledConv2d.POOL_STRIDE, PooledConv2d.POOL_STRIDE, 1, 1, padding);
    }

    private KernelSpec wholeConv(KernelSpec.Conv2d like) {
        int rows = between(1, 7);
        int columns = between(1, 7);
        Window window = new Window(rows, columns, 1, 1, 0, 0, 0, 0);
        return new KernelSpec.Conv2d(
                like.in(),
                like.out(),
                narrowed(image(rows, columns, channels())),
                stored(like.out(), 1, 1),
                window,
                like.residual());
    }

    /** Large windows are seldom. */
    private KernelSpec depthwise(KernelSpec.Depthwise like) {
        boolean whole = like.out() == ElementType.F32;
        Window window = whole
                ? new Window(between(1, 9), between(1, 9), 1, 1, 0, 0, 0, 0)
                : window(random.nextInt(6) == 0 ? 10 : 5, dilation(), dilation());
        Extent size = whole ? image(window.kernelH(), window.kernelW(), channels()) : fitting(window);
        Extent input = image(size.height(), size.width(), Math.max(2, size.channels())); // one channel has no groups
        Extent output = pooled(input, window);
        return new KernelSpec.Depthwise(
                like.in(), like.out(), input, whole ? dense(output) : output, window, like.residual());
    }

    /** Groups are whole words as often as not. */
    private KernelSpec grouped(KernelSpec.Grouped like) {
        boolean whole = like.out() == ElementType.F32;
        int groups = between(2, 9);
        int unit = random.nextBoolean() ? 4 : 1;
        Window window =
                whole ? new Window(between(1, 5), between(1, 5), 1, 1, 0, 0, 0, 0) : window(3, dilation(), dilation());
        Extent size = fitting(window);
        int channels = groups * unit * between(1, 6);
        int filters = groups * unit * between(1, 6);
        if (channels == groups && filters == groups) {
            filters *= 2; // otherwise it would be depthwise
        }
        Extent input = whole
                ? image(window.kernelH(), window.kernelW(), channels)
                : image(size.height(), size.width(), channels);
        Extent output = image(window.outHeight(input.height()), window.outWidth(input.width()), filters);
        return new KernelSpec.Grouped(
                like.in(), like.out(), input, whole ? dense(output) : output, window, groups, like.residual());
    }

    /** A concatenation, a choice or a padding whose runs have a given unit. */
    private KernelSpec moveChannels(int unit) {
        while (true) {
            int count = unit * between(1, 12);
            int before = unit * between(0, 3);
            MoveChannels spec = switch (random.nextInt(3)) {
                case 0 -> concat(unit);
                case 1 -> slice(count, before);
                default ->
                    new MoveChannels(
                            between(1, 300), count + before + between(1, 9), List.of(new Run(count, 0, before, count)));
            };
            if (spec.unit() == unit) {
                return spec;
            }
        }
    }

    private MoveChannels slice(int count, int from) {
        return new MoveChannels(
                between(1, 300), count, List.of(new Run(from + count + between(from == 0 ? 1 : 0, 9), from, 0, count)));
    }

    private MoveChannels concat(int unit) {
        List<Run> runs = new ArrayList<>();
        int to = 0;
        for (int i = between(2, 8); i > 0; i--) {
            int count = unit * between(1, 5) + (i == 1 ? between(0, 7) : 0);
            runs.add(new Run(count, 0, to, count));
            to += count;
        }
        return new MoveChannels(between(1, 300), to, runs);
    }

    /** Mostly none. */
    private int dilation() {
        return Math.max(1, between(-3, 3));
    }

    private Window window(int largest, int dilationH, int dilationW) {
        int rows = between(1, largest);
        int columns = between(1, largest);
        int lastRow = (rows - 1) * dilationH;
        int lastColumn = (columns - 1) * dilationW;
        Border padding =
                new Border(between(0, lastRow), between(0, lastColumn), between(0, lastRow), between(0, lastColumn));
        return new Window(rows, columns, between(1, 3), between(1, 3), dilationH, dilationW, padding);
    }

    private Border partOf(Border padding) {
        return new Border(
                between(0, padding.top()),
                between(0, padding.left()),
                between(0, padding.bottom()),
                between(0, padding.right()));
    }

    private Extent fitting(Window window) {
        return image(window.spanH() + between(0, 17), window.spanW() + between(0, 17), channels());
    }

    /** One in six is made an image of few channels, whose pixels are words. */
    private Extent narrowed(Extent extent) {
        return random.nextInt(6) == 0 ? ofWords(extent, between(1, 4)) : extent;
    }

    private static Extent ofWords(Extent extent, int channels) {
        return new Extent(
                extent.height(),
                extent.width(),
                channels,
                ChannelMap.ofWord(channels).pitch());
    }

    private static Extent pooled(Extent input, Window window) {
        return image(window.outHeight(input.height()), window.outWidth(input.width()), input.channels());
    }

    private static Extent dense(Extent extent) {
        return new Extent(extent.height(), extent.width(), extent.channels(), extent.channels());
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
