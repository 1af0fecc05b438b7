package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Lanewise;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Random specifications of kernels on floats; types are no part of a variant, so they are random, too. */
final class FloatRandomSpecs {
    private static final ElementType[] TYPES = {ElementType.F32, ElementType.F32, ElementType.S8, ElementType.U8};
    private static final Activation[] LIMITS = {
        Activation.NONE, Activation.RELU, Activation.RELU6,
    };
    private static final Activation.Kind[] FUNCTIONS = Activation.Kind.values();
    private static final int MAX_CHANNELS = 140;
    private static final int MAX_PRODUCTS = 2_000_000;

    private final SplittableRandom random;

    FloatRandomSpecs(SplittableRandom random) {
        this.random = random;
    }

    KernelSpec like(KernelSpec.OfFloats spec) {
        if (spec instanceof FloatKernel.Conv2d conv) {
            return conv.groups() == 1 ? tiled() : grouped();
        } else if (spec instanceof FloatKernel.Pointwise) {
            return pointwise();
        } else if (spec instanceof FloatKernel.Pool) {
            return pool();
        } else if (spec instanceof FloatKernel.Mean) {
            int channels = channels();
            return new FloatKernel.Mean(value(between(1, 20), between(1, 20), channels), value(1, 1, channels));
        } else if (spec instanceof FloatKernel.Arrange) {
            return arrange();
        } else if (spec instanceof FloatKernel.Export) {
            return new FloatKernel.Export(floats(between(1, 12), between(1, 12), channels()));
        } else if (spec instanceof FloatKernel.Pixels) {
            Extent out = floats(between(1, 40), between(1, 40), random.nextBoolean() ? 1 : 3);
            return new FloatKernel.Pixels(new Extent(out.height(), out.width(), out.channels(), out.channels()), out);
        }
        throw new AssertionError("no random specification like " + spec);
    }

    private FloatKernel.Conv2d tiled() {
        while (true) {
            Window window = window(4, Math.max(1, between(-3, 3)));
            FloatKernel.Conv2d conv = convolution(fitting(window, channels()), channels(), window, 1);
            Extent out = conv.output().extent();
            if ((long) out.pixels() * out.channels() * conv.k() <= MAX_PRODUCTS) {
                return conv;
            }
        }
    }

    private FloatKernel.Conv2d grouped() {
        Window window = window(3, Math.max(1, between(-3, 3)));
        int groups = between(2, 9);
        Value input = fitting(window, groups * between(1, 6));
        return convolution(input, groups * between(1, 6), window, groups);
    }

    private FloatKernel.Conv2d convolution(Value input, int channels, Window window, int groups) {
        Value output = result(input, window, channels);
        Optional<Value> residual = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(value(output.extent().height(), output.extent().width(), channels));
        return new FloatKernel.Conv2d(input, residual, output, window, groups, LIMITS[random.nextInt(LIMITS.length)]);
    }

    private FloatKernel.Pointwise pointwise() {
        int height = between(1, 30);
        int width = between(1, 30);
        int channels = channels();
        Value x = value(height, width, channels);
        Value out = value(height, width, channels);
        // Functions are many, so that addition and gate are drawn as seldom as each of them.
        int drawn = random.nextInt(-1, FUNCTIONS.length);
        if (drawn < 0) {
            return new FloatKernel.Pointwise(Lanewise.GATE, List.of(x, value(1, 1, channels)), out, Activation.NONE);
        } else if (drawn == 0) {
            List<Value> both = List.of(x, value(height, width, channels));
            return new FloatKernel.Pointwise(Lanewise.ADD, both, out, LIMITS[random.nextInt(LIMITS.length)]);
        }
        return new FloatKernel.Pointwise(Lanewise.ACTIVATE, List.of(x), out, function(FUNCTIONS[drawn]));
    }

    private Activation function(Activation.Kind kind) {
        return new Activation(kind, kind.hasAlpha() ? (float) random.nextDouble(.01, 1.5) : 0);
    }

    private FloatKernel.Pool pool() {
        Window window = window(4, 1);
        Value input = fitting(window, channels());
        Border padding = window.padding();
        Optional<Border> counted = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Border(
                        between(0, padding.top()),
                        between(0, padding.left()),
                        between(0, padding.bottom()),
                        between(0, padding.right())));
        return new FloatKernel.Pool(input, result(input, window, input.extent().channels()), window, counted);
    }

    private FloatKernel.Arrange arrange() {
        int height = between(1, 20);
        int width = between(1, 20);
        int channels = channels();
        Value x = value(height, width, channels);
        switch (random.nextInt(4)) {
            case 0 -> {
                return concat(height, width);
            }
            case 1 -> {
                int rows = between(1, 3);
                int columns = between(rows == 1 ? 2 : 1, 3);
                Value out = value(height * rows, width * columns, channels);
                return new FloatKernel.Arrange(List.of(x), List.of(new Run(0, 0, 0, channels)), rows, columns, out);
            }
            case 2 -> {
                Value wide = value(height, width, channels + between(1, 9));
                int from = between(0, wide.extent().channels() - channels);
                return arranged(List.of(wide), List.of(new Run(0, from, 0, channels)), channels);
            }
            default -> {
                int before = between(0, 9);
                int after = between(before == 0 ? 1 : 0, 9);
                return arranged(List.of(x), List.of(new Run(0, 0, before, channels)), before + channels + after);
            }
        }
    }

    private FloatKernel.Arrange concat(int height, int width) {
        List<Value> operands = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        int to = 0;
        int count = between(2, 6);
        for (int i = 0; i < count; i++) {
            int channels = between(1, 40);
            operands.add(value(height, width, channels));
            runs.add(new Run(i, 0, to, channels));
            to += channels;
        }
        return arranged(operands, runs, to);
    }

    private FloatKernel.Arrange arranged(List<Value> operands, List<Run> runs, int channels) {
        Extent first = operands.get(0).extent();
        return new FloatKernel.Arrange(operands, runs, 1, 1, value(first.height(), first.width(), channels));
    }

    private Window window(int largest, int dilation) {
        int rows = between(1, largest);
        int columns = between(1, largest);
        int lastRow = (rows - 1) * dilation;
        int lastColumn = (columns - 1) * dilation;
        Border padding =
                new Border(between(0, lastRow), between(0, lastColumn), between(0, lastRow), between(0, lastColumn));
        return new Window(rows, columns, between(1, 3), between(1, 3), dilation, dilation, padding);
    }

    private Value fitting(Window window, int channels) {
        return value(window.spanH() + between(0, 12), window.spanW() + between(0, 12), channels);
    }

    private Value result(Value input, Window window, int channels) {
        return value(
                window.outHeight(input.extent().height()),
                window.outWidth(input.extent().width()),
                channels);
    }

    private Value value(int height, int width, int channels) {
        ElementType element = TYPES[random.nextInt(TYPES.length)];
        Extent extent = element.isInteger()
                ? new Extent(
                        height, width, channels, ChannelMap.padded(channels).pitch())
                : floats(height, width, channels);
        return new Value(element, extent);
    }

    private static Extent floats(int height, int width, int channels) {
        return new Extent(height, width, channels, ChannelMap.ofFloats(channels).pitch());
    }

    private int channels() {
        return between(1, random.nextBoolean() ? 20 : MAX_CHANNELS);
    }

    private int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }
}
