package dev.octet.compiler.onnx;

import dev.octet.compiler.onnx.Layers.Quantity;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layers with any zero points, and unsigned weights: what the wrapper of the conformance cases does with more than the few
 * numbers that those have.
 */
class ZeroPointsOnRuntimeTest extends RandomOperators {
    private static final List<Long> NONE = List.of();

    @ParameterizedTest
    @CsvSource({"UINT8,UINT8", "UINT8,INT8", "INT8,INT8"})
    void convolutions(OnnxType type, OnnxType weightType) {
        for (int i = 0; i < 25; i++) {
            int groups = random.nextInt(1, 4);
            Window window = window(2);
            Shape in = image(groups * random.nextInt(1, 4));
            Shape out =
                    Shape.of(groups * random.nextInt(1, 4), window.outHeight(in.height()), window.outWidth(in.width()));
            long perGroup = in.channels() / groups;
            List<Long> filter =
                    List.of((long) out.channels(), perGroup, (long) window.kernelH(), (long) window.kernelW());
            Quantity x = quantity("x", type, RandomLayer.image(in), 1);
            Quantity w = quantity("w", weightType, filter, out.channels());
            Quantity y = result(type, window.taps() * (int) perGroup, x);
            Map<String, List<Integer>> attributes = Map.of(
                    "strides", List.of(window.strideH(), window.strideW()),
                    "dilations", List.of(window.dilationH(), window.dilationW()),
                    "pads", List.of(window.top(), window.left(), window.bottom(), window.right()),
                    "group", List.of(groups));
            int[] sums = Layers.convolution(unscaled(x), unscaled(w), Optional.empty(), attributes);
            int[] ours = Layers.convolution(x, w, limits(y), attributes);
            List<Attribute> all = new ArrayList<>(RandomLayer.attributes(window));
            all.add(RandomLayer.ints("dilations", window.dilationH(), window.dilationW()));
            all.add(new Attribute.Int("group", groups));
            compare("QLinearConv", x, w, y, ours, sums, RandomLayer.image(out), out.pixels(), all);
        }
        assertRare();
    }

    @ParameterizedTest
    @CsvSource({"UINT8,UINT8", "UINT8,INT8", "INT8,INT8"})
    void products(OnnxType type, OnnxType weightType) {
        for (int i = 0; i < 40; i++) {
            long rows = random.nextInt(1, 9);
            long terms = random.nextInt(1, 100);
            long columns = random.nextInt(1, 50);
            Quantity a = quantity("a", type, List.of(rows, terms), 1);
            Quantity b = quantity("b", weightType, List.of(terms, columns), (int) columns);
            Quantity y = result(type, (int) terms, a);
            int[] sums = Layers.product(unscaled(a), unscaled(b), Optional.empty());
            int[] ours = Layers.product(a, b, limits(y));
            compare("QLinearMatMul", a, b, y, ours, sums, List.of(rows, columns), 1, List.of());
        }
        assertRare();
    }

    /** Random bytes, a zero point, and one scale or several. */
    private Quantity quantity(String name, OnnxType type, List<Long> dims, int scales) {
        int elements = Math.toIntExact(dims.stream().reduce(1L, (a, b) -> a * b));
        float[] scale = new float[scales];
        for (int i = 0; i < scales; i++) {
            scale[i] = RandomLayer.scale(random);
        }
        int[] bytes = IntStream.generate(() -> oneByte(type)).limit(elements).toArray();
        return new Quantity(
                TensorData.of(name, type, dims, bytes),
                Optional.of(TensorData.of(name + "s", scales == 1 ? NONE : List.of((long) scales), scale)),
                Optional.of(TensorData.of(name + "z", type, NONE, oneByte(type))));
    }

    private int oneByte(OnnxType type) {
        return type == OnnxType.INT8 ? random.nextInt(-128, 128) : random.nextInt(256);
    }

    /** No bytes, but a zero point, and a scale with which a good part of the sums is not clamped. */
    private Quantity result(OnnxType type, int terms, Quantity in) {
        float scale = (float) (in.oneScale() * 0.01 * 10_000 * Math.sqrt(terms) / random.nextInt(20, 100));
        return new Quantity(
                TensorData.of("y", type, List.of(0L)),
                Optional.of(TensorData.of("ys", NONE, scale)),
                Optional.of(TensorData.of("yz", type, NONE, oneByte(type))));
    }

    private static Quantity unscaled(Quantity quantity) {
        return new Quantity(quantity.values(), Optional.empty(), quantity.zeroPoint());
    }

    private static Optional<AffineLayer.Result> limits(Quantity y) {
        return Optional.of(Layers.result(y.oneScale(), y.zeroPoint().orElseThrow()));
    }

    /** {@code pixels} is how many results in a row have the same of the scales of {@code w}. */
    private void compare(
            String operator,
            Quantity x,
            Quantity w,
            Quantity y,
            int[] ours,
            int[] sums,
            List<Long> dims,
            int pixels,
            List<Attribute> attributes) {
        List<TensorData> operands = new ArrayList<>();
        for (Quantity operand : List.of(x, w)) {
            operands.add(operand.values());
            operands.add(operand.scale().orElseThrow());
            operands.add(operand.zeroPoint().orElseThrow());
        }
        operands.add(y.scale().orElseThrow());
        operands.add(y.zeroPoint().orElseThrow());
        OnnxType type = y.values().type();
        int[] theirs = OnnxRuntime.run("", operator, operands, type, dims, attributes.toArray(new Attribute[0]))
                .integers();
        float[] scales = w.scales();
        double[] exact = new double[sums.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = sums[i] * ((double) x.oneScale() * scales[i / pixels % scales.length]) / y.oneScale();
        }
        agreement.compare(ours, theirs, i -> exact[i], i -> Math.abs(exact[i]) * Agreement.FOUR_ROUNDINGS);
    }
}
