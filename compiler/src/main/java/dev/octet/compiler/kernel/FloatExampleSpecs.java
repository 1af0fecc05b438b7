package dev.octet.compiler.kernel;

import dev.octet.compiler.kernel.FloatKernel.Lanewise;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small specifications of the kernels on floats, at the edges of lanes, tiles and images, of every type at every place. */
final class FloatExampleSpecs {
    private static final ElementType F32 = ElementType.F32;
    private static final ElementType S8 = ElementType.S8;
    private static final ElementType U8 = ElementType.U8;
    private static final Window SAME = window(3, 3, 1, 1);
    private static final Window POINT = window(1, 1, 1, 0);

    private FloatExampleSpecs() {}

    static List<List<? extends KernelSpec>> variants() {
        return List.of(tiled(), grouped(), pointwise(), pools(), means(), arrangements(), exports(), pixels());
    }

    private static List<FloatKernel.Conv2d> tiled() {
        Window dilated = new Window(3, 3, 1, 1, 2, 2, new Border(2, 2, 2, 2));
        return List.of(
                conv(value(F32, 9, 7, 1), F32, 16, SAME, 1, Activation.NONE),
                conv(value(F32, 8, 8, 15), F32, 17, window(3, 3, 2, 1), 1, Activation.RELU),
                residual(value(F32, 5, 6, 16), F32, F32, 33, POINT, Activation.RELU6),
                conv(value(S8, 5, 6, 3), F32, 64, SAME, 1, Activation.RELU),
                conv(value(F32, 7, 7, 32), U8, 70, dilated, 1, Activation.RELU),
                residual(value(U8, 6, 5, 20), S8, S8, 65, window(2, 3, 1, 0), Activation.NONE),
                residual(value(F32, 4, 4, 8), U8, U8, 130, POINT, Activation.RELU),
                conv(value(F32, 3, 5, 6), F32, 10, window(3, 5, 1, 0), 1, Activation.NONE),
                conv(value(F32, 11, 13, 3), F32, 48, new Window(5, 3, 2, 3, 2, 1, 1, 0), 1, Activation.NONE));
    }

    private static List<FloatKernel.Conv2d> grouped() {
        return List.of(
                conv(value(F32, 6, 5, 7), F32, 7, SAME, 7, Activation.RELU6),
                conv(value(F32, 6, 5, 8), F32, 8, window(3, 3, 2, 1), 8, Activation.NONE),
                conv(value(S8, 5, 5, 16), U8, 16, SAME, 16, Activation.RELU),
                conv(value(F32, 5, 4, 6), F32, 18, SAME, 6, Activation.NONE),
                conv(value(U8, 5, 4, 12), F32, 8, POINT, 2, Activation.RELU),
                conv(
                        value(F32, 4, 4, 12),
                        S8,
                        12,
                        new Window(3, 2, 1, 2, 2, 1, new Border(2, 0, 1, 1)),
                        3,
                        Activation.NONE),
                new FloatKernel.Conv2d(
                        value(F32, 4, 4, 10),
                        Optional.of(value(S8, 4, 4, 20)),
                        value(F32, 4, 4, 20),
                        SAME,
                        5,
                        Activation.RELU));
    }

    private static FloatKernel.Conv2d conv(
            Value in, ElementType out, int channels, Window w, int groups, Activation activation) {
        return new FloatKernel.Conv2d(in, Optional.empty(), result(in, out, channels, w), w, groups, activation);
    }

    private static FloatKernel.Conv2d residual(
            Value in, ElementType other, ElementType out, int channels, Window w, Activation activation) {
        Value residual = result(in, other, channels, w);
        return new FloatKernel.Conv2d(in, Optional.of(residual), result(in, out, channels, w), w, 1, activation);
    }

    private static Value result(Value in, ElementType out, int channels, Window w) {
        return value(
                out, w.outHeight(in.extent().height()), w.outWidth(in.extent().width()), channels);
    }

    private static List<FloatKernel.Pointwise> pointwise() {
        Stream<FloatKernel.Pointwise> functions = Stream.of(Activation.Kind.values())
                .filter(kind -> kind != Activation.Kind.NONE)
                .map(kind -> new FloatKernel.Pointwise(
                        Lanewise.ACTIVATE,
                        List.of(value(F32, 3, 5, 10)),
                        value(F32, 3, 5, 10),
                        new Activation(kind, kind.hasAlpha() ? .3f : 0)));
        Stream<FloatKernel.Pointwise> others = Stream.of(
                combine(Lanewise.ACTIVATE, S8, null, 3, U8, new Activation(Activation.Kind.SIGMOID, 0)),
                combine(Lanewise.ACTIVATE, F32, null, 17, S8, Activation.NONE),
                combine(Lanewise.ADD, F32, F32, 9, F32, Activation.RELU),
                combine(Lanewise.ADD, U8, F32, 20, S8, Activation.NONE),
                combine(Lanewise.ADD, S8, S8, 16, F32, Activation.RELU6),
                combine(Lanewise.GATE, F32, F32, 6, F32, Activation.NONE),
                combine(Lanewise.GATE, U8, S8, 33, F32, Activation.NONE),
                combine(Lanewise.GATE, F32, U8, 5, U8, Activation.NONE));
        return Stream.concat(functions, others).toList();
    }

    private static FloatKernel.Pointwise combine(
            Lanewise kind, ElementType x, ElementType y, int channels, ElementType out, Activation activation) {
        List<Value> operands = kind == Lanewise.ACTIVATE
                ? List.of(value(x, 3, 5, channels))
                : List.of(
                        value(x, 3, 5, channels),
                        kind == Lanewise.GATE ? value(y, 1, 1, channels) : value(y, 3, 5, channels));
        return new FloatKernel.Pointwise(kind, operands, value(out, 3, 5, channels), activation);
    }

    private static List<FloatKernel.Pool> pools() {
        Border none = new Border(0, 0, 0, 0);
        Border some = new Border(1, 0, 0, 1);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        return List.of(
                pool(value(F32, 6, 4, 16), F32, window(2, 2, 2, 0), null),
                pool(value(F32, 7, 9, 31), U8, window(3, 3, 2, 1), null),
                pool(value(S8, 5, 5, 3), F32, lopsided, null),
                pool(value(F32, 7, 9, 10), F32, window(3, 3, 2, 1), new Border(1, 1, 1, 1)),
                pool(value(U8, 5, 6, 5), F32, lopsided, some),
                pool(value(F32, 5, 6, 20), S8, lopsided, none));
    }

    private static FloatKernel.Pool pool(Value in, ElementType out, Window w, Border counted) {
        return new FloatKernel.Pool(in, result(in, out, in.extent().channels(), w), w, Optional.ofNullable(counted));
    }

    private static List<FloatKernel.Mean> means() {
        return List.of(
                new FloatKernel.Mean(value(F32, 7, 7, 64), value(F32, 1, 1, 64)),
                new FloatKernel.Mean(value(F32, 1, 1, 3), value(S8, 1, 1, 3)),
                new FloatKernel.Mean(value(U8, 5, 3, 17), value(F32, 1, 1, 17)),
                new FloatKernel.Mean(value(S8, 2, 3, 10), value(U8, 1, 1, 10)));
    }

    private static List<FloatKernel.Arrange> arrangements() {
        return List.of(
                arrange(
                        List.of(value(F32, 3, 4, 5), value(F32, 3, 4, 7)),
                        F32,
                        12,
                        new Run(0, 0, 0, 5),
                        new Run(1, 0, 5, 7)),
                arrange(
                        List.of(value(F32, 2, 2, 4), value(S8, 2, 2, 3), value(U8, 2, 2, 17)),
                        U8,
                        24,
                        new Run(0, 0, 0, 4),
                        new Run(1, 0, 4, 3),
                        new Run(2, 0, 7, 17)),
                arrange(List.of(value(F32, 3, 3, 9)), F32, 4, new Run(0, 3, 0, 4)),
                arrange(List.of(value(S8, 3, 3, 5)), F32, 9, new Run(0, 0, 3, 5)),
                new FloatKernel.Arrange(
                        List.of(value(F32, 2, 3, 6)), List.of(new Run(0, 0, 0, 6)), 2, 3, value(F32, 4, 9, 6)),
                new FloatKernel.Arrange(
                        List.of(value(U8, 2, 3, 18)), List.of(new Run(0, 0, 0, 18)), 2, 1, value(S8, 4, 3, 18)));
    }

    private static FloatKernel.Arrange arrange(List<Value> operands, ElementType out, int channels, Run... runs) {
        Extent first = operands.get(0).extent();
        return new FloatKernel.Arrange(
                operands, List.of(runs), 1, 1, value(out, first.height(), first.width(), channels));
    }

    private static List<FloatKernel.Export> exports() {
        return Stream.of(value(F32, 1, 1, 10), value(F32, 5, 3, 17), value(F32, 7, 7, 4))
                .map(value -> new FloatKernel.Export(value.extent()))
                .toList();
    }

    private static List<FloatKernel.Pixels> pixels() {
        return Stream.of(value(F32, 28, 28, 1), value(F32, 5, 7, 3), value(F32, 1, 1, 3))
                .map(Value::extent)
                .map(out -> new FloatKernel.Pixels(
                        new Extent(out.height(), out.width(), out.channels(), out.channels()), out))
                .toList();
    }

    private static Window window(int rows, int columns, int stride, int padding) {
        return new Window(rows, columns, stride, stride, padding, padding, padding, padding);
    }

    private static Value value(ElementType element, int height, int width, int channels) {
        ChannelMap map = element.isInteger() ? ChannelMap.padded(channels) : ChannelMap.ofFloats(channels);
        return new Value(element, new Extent(height, width, channels, map.pitch()));
    }
}
