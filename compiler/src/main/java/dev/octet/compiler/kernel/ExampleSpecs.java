package dev.octet.compiler.kernel;

import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels.Run;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small specifications of each kernel variant, at the edges of lanes, tiles and images. */
final class ExampleSpecs {
    private static final Window POINT = window(1, 1, 1, 0);

    private ExampleSpecs() {}

    static List<KernelSpec.Conv2d> conv2d(ElementType in, ElementType out, Optional<ElementType> residual) {
        if (out == ElementType.F32) {
            return List.of(
                    conv2d(in, out, residual, image(1, 1, 64), 10, POINT),
                    conv2d(in, out, residual, image(7, 7, 17), 1, window(7, 7, 1, 0)),
                    conv2d(in, out, residual, word(3, 4, 3), 10, window(3, 4, 1, 0)),
                    conv2d(in, out, residual, image(3, 5, 16), 33, window(3, 5, 1, 0)));
        }
        return List.of(
                conv2d(in, out, residual, image(9, 7, 1), 16, window(3, 3, 1, 1)),
                conv2d(in, out, residual, image(8, 8, 15), 17, window(3, 3, 2, 1)),
                conv2d(in, out, residual, image(5, 6, 16), 31, POINT),
                conv2d(in, out, residual, image(1, 1, 17), 1, POINT),
                conv2d(in, out, residual, image(7, 7, 32), 64, window(1, 1, 2, 0)),
                conv2d(in, out, residual, image(6, 5, 33), 65, window(2, 3, 1, 0)),
                conv2d(in, out, residual, image(11, 13, 3), 48, new Window(5, 3, 2, 3, 2, 1, 1, 0)),
                conv2d(in, out, residual, word(13, 12, 3), 33, window(7, 7, 2, 3)),
                conv2d(in, out, residual, word(9, 8, 1), 64, dilated(3, 2, 1, 2, 3)),
                conv2d(in, out, residual, image(9, 10, 48), 17, dilated(3, 3, 1, 2, 2)),
                conv2d(in, out, residual, image(8, 11, 16), 32, dilated(2, 3, 2, 3, 2)),
                conv2d(in, out, residual, image(16, 16, 64), 128, window(3, 3, 1, 1)));
    }

    private static KernelSpec.Conv2d conv2d(
            ElementType in, ElementType out, Optional<ElementType> residual, Extent input, int channels, Window w) {
        Extent output = stored(out, w.outHeight(input.height()), w.outWidth(input.width()), channels);
        return new KernelSpec.Conv2d(in, out, input, output, w, residual);
    }

    static List<KernelSpec.Depthwise> depthwise(ElementType in, ElementType out, Optional<ElementType> residual) {
        if (out == ElementType.F32) {
            return List.of(
                    depthwise(in, out, residual, image(1, 1, 10), POINT),
                    depthwise(in, out, residual, image(7, 7, 17), window(7, 7, 1, 0)),
                    depthwise(in, out, residual, image(9, 12, 16), window(9, 12, 1, 0)));
        }
        return List.of(
                depthwise(in, out, residual, image(9, 10, 31), window(3, 3, 1, 1)),
                depthwise(in, out, residual, image(13, 12, 16), new Window(4, 9, 3, 2, 1, 3, 2, 8)),
                depthwise(in, out, residual, image(5, 6, 17), POINT),
                depthwise(in, out, residual, image(6, 8, 2), window(2, 4, 1, 0)),
                depthwise(in, out, residual, image(9, 11, 16), dilated(3, 3, 1, 2, 2)),
                depthwise(in, out, residual, image(11, 15, 48), window(5, 5, 2, 2)),
                depthwise(in, out, residual, image(11, 16, 48), window(5, 5, 1, 2)));
    }

    private static KernelSpec.Depthwise depthwise(
            ElementType in, ElementType out, Optional<ElementType> residual, Extent input, Window w) {
        Extent output = stored(out, w.outHeight(input.height()), w.outWidth(input.width()), input.channels());
        return new KernelSpec.Depthwise(in, out, input, output, w, residual);
    }

    static List<KernelSpec.Grouped> grouped(ElementType in, ElementType out, Optional<ElementType> residual) {
        if (out == ElementType.F32) {
            return List.of(
                    grouped(in, out, residual, image(1, 1, 64), 20, POINT, 4),
                    grouped(in, out, residual, image(1, 1, 64), 32, POINT, 4),
                    grouped(in, out, residual, image(5, 3, 15), 9, window(5, 3, 1, 0), 3));
        }
        return List.of(
                grouped(in, out, residual, image(9, 7, 32), 32, window(3, 3, 1, 1), 8),
                grouped(in, out, residual, image(6, 5, 7), 14, window(3, 3, 1, 1), 7),
                grouped(in, out, residual, image(5, 6, 18), 33, dilated(3, 2, 1, 2, 3), 3),
                grouped(in, out, residual, image(4, 7, 24), 24, window(1, 1, 2, 0), 6),
                grouped(in, out, residual, image(8, 9, 40), 24, window(3, 3, 2, 1), 2));
    }

    private static KernelSpec.Grouped grouped(
            ElementType in,
            ElementType out,
            Optional<ElementType> residual,
            Extent input,
            int channels,
            Window w,
            int groups) {
        Extent output = stored(out, w.outHeight(input.height()), w.outWidth(input.width()), channels);
        return new KernelSpec.Grouped(in, out, input, output, w, groups, residual);
    }

    static List<KernelSpec.Dense> dense(ElementType in, ElementType out, Optional<ElementType> residual) {
        return Stream.of(new int[] {16, 1}, new int[] {48, 10}, new int[] {64, 16}, new int[] {1040, 33})
                .map(size -> new KernelSpec.Dense(in, out, size[0], stored(out, 1, 1, size[1]), residual))
                .toList();
    }

    static List<KernelSpec.MaxPool> maxPool(ElementType element) {
        return List.of(
                maxPool(element, image(6, 4, 16), window(2, 2, 2, 0)),
                maxPool(element, image(7, 9, 31), window(3, 3, 2, 1)),
                maxPool(element, image(5, 5, 1), new Window(2, 3, 1, 2, 1, 0, 0, 2)),
                maxPool(element, image(3, 3, 33), window(3, 3, 3, 0)));
    }

    private static KernelSpec.MaxPool maxPool(ElementType element, Extent input, Window w) {
        Extent output = image(w.outHeight(input.height()), w.outWidth(input.width()), input.channels());
        return new KernelSpec.MaxPool(element, input, output, w);
    }

    /** Windows of one and two rows a step, of one to four vectors of channels, padded and not, that overlap and that do not. */
    static List<PooledConv2d> pooledConv2d(ElementType in, ElementType out) {
        return List.of(
                pooledConv2d(in, out, word(9, 8, 1), 16, window(3, 3, 1, 1), window(2, 2, 2, 0)),
                pooledConv2d(in, out, word(23, 21, 3), 33, window(3, 3, 2, 0), new Window(3, 3, 2, 2, 0, 0, 1, 1)),
                pooledConv2d(
                        in,
                        out,
                        word(13, 30, 4),
                        20,
                        new Window(8, 5, 1, 4, 3, 0, 7, 4),
                        new Window(2, 3, 2, 2, 1, 2, 0, 0)),
                pooledConv2d(
                        in,
                        out,
                        word(5, 40, 2),
                        50,
                        new Window(2, 4, 2, 1, 1, 2, 0, 1),
                        new Window(3, 2, 2, 2, 2, 1, 0, 1)),
                pooledConv2d(in, out, word(1, 1, 3), 1, window(1, 1, 1, 0), new Window(2, 2, 2, 2, 1, 1, 0, 0)),
                pooledConv2d(in, out, word(45, 71, 3), 64, window(7, 7, 2, 3), window(3, 3, 2, 1)));
    }

    private static PooledConv2d pooledConv2d(
            ElementType in, ElementType out, Extent input, int channels, Window w, Window pool) {
        Extent middle = image(w.outHeight(input.height()), w.outWidth(input.width()), channels);
        Extent output = image(pool.outHeight(middle.height()), pool.outWidth(middle.width()), channels);
        return new PooledConv2d(in, out, input, middle, w, output, pool);
    }

    static List<KernelSpec.GlobalAvgPool> globalAvgPool(ElementType in, ElementType out) {
        return Stream.of(image(1, 1, 16), image(7, 7, 64), image(5, 3, 17), image(28, 28, 1))
                .map(input -> new KernelSpec.GlobalAvgPool(in, out, input))
                .toList();
    }

    static List<KernelSpec.AvgPool> avgPool(ElementType in, ElementType out) {
        Border one = new Border(1, 1, 1, 1);
        return List.of(
                avgPool(in, out, image(6, 4, 16), window(2, 2, 2, 0), Border.NONE),
                avgPool(in, out, image(7, 9, 31), window(3, 3, 2, 1), one),
                avgPool(in, out, image(7, 8, 33), window(3, 3, 1, 1), Border.NONE),
                avgPool(in, out, image(9, 5, 1), new Window(5, 3, 1, 2, 3, 1, 2, 2), new Border(1, 0, 2, 1)));
    }

    private static KernelSpec.AvgPool avgPool(ElementType in, ElementType out, Extent input, Window w, Border counted) {
        Extent output = image(w.outHeight(input.height()), w.outWidth(input.width()), input.channels());
        return new KernelSpec.AvgPool(in, out, input, output, w, counted);
    }

    static List<KernelSpec.Gate> gate(ElementType x, ElementType gate, ElementType out) {
        return Stream.of(image(1, 1, 16), image(7, 5, 40), image(9, 9, 1))
                .map(extent -> new KernelSpec.Gate(x, gate, out, extent))
                .toList();
    }

    static List<KernelSpec.Lookup> lookup() {
        return Stream.of(image(1, 1, 16), image(7, 5, 40), image(9, 9, 1), image(31, 9, 32))
                .map(KernelSpec.Lookup::new)
                .toList();
    }

    static List<KernelSpec.Upsample> upsample() {
        return List.of(
                new KernelSpec.Upsample(image(5, 4, 31), 2, 2),
                new KernelSpec.Upsample(image(1, 1, 16), 7, 3),
                new KernelSpec.Upsample(image(3, 6, 48), 1, 2));
    }

    /** Concatenations, choices and paddings of channels by the lanes that move at once. */
    static List<List<MoveChannels>> moveChannels() {
        return List.of(
                List.of(
                        concat(35, 16, 32, 10),
                        concat(9, 48, 48),
                        new MoveChannels(20, 16, List.of(new Run(64, 32, 0, 16))),
                        new MoveChannels(20, 5, List.of(new Run(21, 16, 0, 5))),
                        new MoveChannels(7, 64, List.of(new Run(20, 0, 16, 20)))),
                List.of(
                        concat(35, 12, 20, 7),
                        new MoveChannels(20, 16, List.of(new Run(64, 4, 0, 16))),
                        new MoveChannels(7, 30, List.of(new Run(18, 0, 12, 18)))),
                List.of(
                        concat(35, 1, 2, 3, 5, 7, 11, 13),
                        concat(9, 17, 17),
                        new MoveChannels(20, 16, List.of(new Run(64, 3, 0, 16))),
                        new MoveChannels(20, 6, List.of(new Run(9, 0, 0, 6))),
                        new MoveChannels(7, 33, List.of(new Run(30, 0, 3, 30)))));
    }

    private static MoveChannels concat(int pixels, int... channels) {
        List<Run> runs = new ArrayList<>();
        int to = 0;
        for (int count : channels) {
            runs.add(new Run(count, 0, to, count));
            to += count;
        }
        return new MoveChannels(pixels, to, runs);
    }

    static List<KernelSpec.Add> add(ElementType x, ElementType y, ElementType out) {
        return Stream.of(16, 48, 31 * 16, 4096)
                .map(elements -> new KernelSpec.Add(x, y, out, elements))
                .toList();
    }

    static List<KernelSpec.Rescale> rescale(ElementType in, ElementType out) {
        return Stream.of(16, 48, 31 * 16, 4096)
                .map(elements -> new KernelSpec.Rescale(in, out, elements))
                .toList();
    }

    static List<KernelSpec.Quantize> quantize() {
        return Stream.of(
                        image(28, 28, 1),
                        image(5, 7, 3),
                        word(28, 28, 1),
                        word(5, 7, 3),
                        image(1, 1, 3),
                        image(33, 1, 1))
                .map(output -> new KernelSpec.Quantize(dense(output), output))
                .toList();
    }

    static List<KernelSpec.QuantizeFloat> quantizeFloat() {
        return Stream.of(
                        image(1, 1, 10),
                        image(1, 1, 48),
                        image(5, 7, 3),
                        word(5, 7, 3),
                        image(4, 3, 17),
                        image(33, 1, 16))
                .map(output -> new KernelSpec.QuantizeFloat(dense(output), output))
                .toList();
    }

    static List<KernelSpec.Dequantize> dequantize(ElementType in) {
        return Stream.of(image(1, 1, 10), image(1, 1, 16), image(5, 3, 17), image(7, 7, 1))
                .map(input -> new KernelSpec.Dequantize(in, input))
                .toList();
    }

    private static Window window(int rows, int columns, int stride, int padding) {
        return new Window(rows, columns, stride, stride, padding, padding, padding, padding);
    }

    /** A window with gaps that is padded with half its span, rounded down. */
    private static Window dilated(int rows, int columns, int stride, int dilationH, int dilationW) {
        int vertical = (rows - 1) * dilationH / 2;
        int horizontal = (columns - 1) * dilationW / 2;
        Border padding = new Border(vertical, horizontal, vertical, horizontal);
        return new Window(rows, columns, stride, stride, dilationH, dilationW, padding);
    }

    /** An image of pixels of one word. */
    private static Extent word(int height, int width, int channels) {
        return new Extent(height, width, channels, ChannelMap.ofWord(channels).pitch());
    }

    private static Extent image(int height, int width, int channels) {
        return new Extent(height, width, channels, ChannelMap.padded(channels).pitch());
    }

    private static Extent dense(Extent padded) {
        return new Extent(padded.height(), padded.width(), padded.channels(), padded.channels());
    }

    private static Extent stored(ElementType element, int height, int width, int channels) {
        Extent padded = image(height, width, channels);
        return element.isInteger() ? padded : dense(padded);
    }
}
