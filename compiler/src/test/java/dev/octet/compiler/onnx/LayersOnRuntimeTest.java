package dev.octet.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators with zero points of 0, as the arithmetic contract has them. */
class LayersOnRuntimeTest extends RandomOperators {
    private static final List<Long> NONE = List.of();

    @ParameterizedTest
    @EnumSource(names = {"S8", "U8"})
    void convolutions(ElementType element) {
        List<RandomLayer> layers = new ArrayList<>(List.of(
                layer(element, Shape.of(3, 32, 32), 16, window(3, 3, 2, 2, 1, 1, 0, 0, 1, 1), 1),
                layer(element, Shape.of(16, 14, 14), 16, window(5, 5, 1, 1, 1, 1, 2, 2, 2, 2), 16),
                layer(element, Shape.of(8, 17, 15), 12, window(3, 3, 1, 1, 2, 3, 2, 3, 1, 0), 4),
                layer(element, Shape.of(32, 14, 14), 40, window(1, 1, 1, 1, 1, 1, 0, 0, 0, 0), 1)));
        for (int i = 0; i < 60; i++) {
            int groups = random.nextInt(1, 5);
            Shape in = image(groups * random.nextInt(1, 6));
            layers.add(layer(element, in, groups * random.nextInt(1, 6), window(2), groups));
        }
        layers.forEach(layer -> layer.compare(agreement));
        assertRare();
        layers.forEach(layer -> layer.exactlyScaled().compare(agreement));
    }

    private RandomLayer layer(ElementType element, Shape in, int out, Window window, int groups) {
        return new RandomLayer(random, element, in, out, window, groups, random.nextBoolean());
    }

    private static Window window(
            int h, int w, int sh, int sw, int dh, int dw, int top, int left, int bottom, int right) {
        return new Window(h, w, sh, sw, dh, dw, new Border(top, left, bottom, right));
    }

    @ParameterizedTest
    @EnumSource(names = {"S8", "U8"})
    void products(ElementType element) {
        new RandomProduct(random, element, 500, 16, 1000).compare(agreement);
        for (int i = 0; i < 20; i++) {
            new RandomProduct(random, element, random.nextInt(1, 9), random.nextInt(1, 600), random.nextInt(1, 70))
                    .compare(agreement);
        }
        assertRare();
        for (int i = 0; i < 20; i++) {
            new RandomProduct(random, element, random.nextInt(1, 9), random.nextInt(1, 60), random.nextInt(1, 70))
                    .exactlyScaled()
                    .compare(agreement);
        }
    }

    /** The numbers that no random ones meet often. */
    @ParameterizedTest
    @EnumSource(names = {"S8", "U8"})
    void productsAtHalfAStep(ElementType element) {
        new RandomProduct(random, element, 1, 16, 20_000).atHalfAStep(random).compare(agreement);
        assertThat(agreement.differ()).as("%s", agreement).isBetween(1L, 10_000L);
    }

    /** The contract multiplies with a rounded reciprocal, ONNX divides. */
    @ParameterizedTest
    @EnumSource(names = {"S8", "U8"})
    void quantizeLinear(ElementType element) {
        for (int i = 0; i < 200; i++) {
            float std = RandomLayer.scale(random) * 10_000;
            float scale = (float) (100 / std / element.max() * (0.5 + random.nextDouble()));
            quantizeLinear(element, std, scale, Agreement.FOUR_ROUNDINGS);
        }
        assertRare();
        for (int std = 1; std <= 16; std *= 2) {
            quantizeLinear(element, std, 2f / std, 0);
        }
    }

    private void quantizeLinear(ElementType element, float std, float scale, double slack) {
        ImageFormat format = new ImageFormat(ChannelOrder.GRAY, 1, List.of((float) random.nextInt(256)), List.of(std));
        float[] x = new float[256];
        IntStream.range(0, x.length).forEach(pixel -> x[pixel] = format.value(0, pixel));
        OnnxType type = RandomLayer.type(element);
        TensorData theirs = runtime(
                "QuantizeLinear",
                type,
                List.of(256L),
                TensorData.of("x", List.of(256L), x),
                TensorData.of("s", NONE, scale),
                TensorData.of("z", type, NONE, 0));
        agreement.compare(
                OneOperator.quantize(format, element, scale),
                saturated(theirs.integers(), element),
                i -> (double) x[i] / scale,
                i -> Math.abs((double) x[i] / scale) * slack);
    }

    private static TensorData runtime(String operator, OnnxType type, List<Long> dims, TensorData... operands) {
        return OnnxRuntime.run("", operator, List.of(operands), type, dims);
    }

    @ParameterizedTest
    @EnumSource(names = {"S8", "U8"})
    void dequantizeLinear(ElementType element) {
        int[] bytes = IntStream.rangeClosed(element.min(), element.max()).toArray();
        List<Long> dims = List.of((long) bytes.length);
        Shape shape = Shape.of(bytes.length);
        for (int i = 0; i < 50; i++) {
            float scale = RandomLayer.scale(random);
            TensorData theirs = runtime(
                    "DequantizeLinear",
                    OnnxType.FLOAT,
                    dims,
                    TensorData.of("x", RandomLayer.type(element), dims, bytes),
                    TensorData.of("s", NONE, scale),
                    TensorData.of("z", RandomLayer.type(element), NONE, 0));
            float[] ours = new OneOperator()
                    .operand(element, scale, new ByteTensor(shape, bytes))
                    .floats("dequantize(%1)", shape);
            assertThat(ours).isEqualTo(theirs.floats());
        }
    }
}
