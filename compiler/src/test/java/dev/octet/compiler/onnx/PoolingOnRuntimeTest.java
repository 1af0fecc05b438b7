package dev.octet.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Poolings with zero points of 0. ONNX Runtime's averages are its own operators. */
class PoolingOnRuntimeTest extends RandomOperators {
    private static final String MICROSOFT = "com.microsoft";
    private static final List<Long> NONE = List.of();
    private static final double ROUNDING = 0x1p-24;

    @ParameterizedTest
    @EnumSource(names = {"S8", "U8"})
    void maxPool(ElementType element) {
        for (int i = 0; i < 60; i++) {
            Window window = window(1);
            Shape in = image(random.nextInt(1, 5));
            int[] x = RandomLayer.bytes(random, element, in.elements());
            Shape out = result(in, window);
            OnnxType type = RandomLayer.type(element);
            List<TensorData> operand = List.of(TensorData.of("x", type, RandomLayer.image(in), x));
            Attribute[] attributes = RandomLayer.attributes(window).toArray(new Attribute[0]);
            TensorData theirs = OnnxRuntime.run("", "MaxPool", operand, type, RandomLayer.image(out), attributes);
            int[] ours = new OneOperator()
                    .operand(element, 1, new ByteTensor(in, x))
                    .bytes("maxpool(%1)" + OneOperator.text(window), element, out, 1);
            agreement.compare(ours, theirs.integers(), byteOf -> ours[byteOf], byteOf -> 0);
        }
        assertThat(agreement.differ()).isZero();
    }

    private static Shape result(Shape in, Window window) {
        return Shape.of(in.channels(), window.outHeight(in.height()), window.outWidth(in.width()));
    }

    /** ONNX Runtime adds and divides floats: each tap may be a rounding more. */
    @ParameterizedTest
    @CsvSource({"S8,false", "S8,true", "U8,false", "U8,true"})
    void averagePool(ElementType element, boolean exactlyScaled) {
        for (int i = 0; i < 60; i++) {
            Window window = exactlyScaled ? new Window(2, 2, 1, 2, 0, 0, 0, 0) : window(1);
            boolean counted = random.nextBoolean();
            Shape in = image(random.nextInt(1, 5));
            String border = "%d,%d,%d,%d".formatted(window.top(), window.left(), window.bottom(), window.right());
            String operator = "avgpool(%1)" + OneOperator.text(window) + " counted=" + (counted ? border : "0,0,0,0");
            List<Attribute> attributes = new ArrayList<>(RandomLayer.attributes(window));
            attributes.add(new Attribute.Int("count_include_pad", counted ? 1 : 0));
            average(
                    operator,
                    "QLinearAveragePool",
                    in,
                    result(in, window),
                    element,
                    window.taps(),
                    exactlyScaled,
                    attributes);
        }
        assertRare();
    }

    @ParameterizedTest
    @CsvSource({"S8,false", "S8,true", "U8,false", "U8,true"})
    void globalAveragePool(ElementType element, boolean exactlyScaled) {
        for (int i = 0; i < 60; i++) {
            Shape in = exactlyScaled ? Shape.of(50, 4, 4) : image(50);
            Shape out = Shape.of(in.channels(), 1, 1);
            average("avgpool(%1)", "QLinearGlobalAveragePool", in, out, element, in.pixels(), exactlyScaled, List.of());
        }
        assertRare();
    }

    private void average(
            String oracle,
            String runtime,
            Shape in,
            Shape out,
            ElementType element,
            int taps,
            boolean exactlyScaled,
            List<Attribute> attributes) {
        float inScale = exactlyScaled ? 0.5f : RandomLayer.scale(random);
        float outScale = exactlyScaled ? 0.5f : (float) (inScale * (0.3 + random.nextDouble()));
        int[] x = RandomLayer.bytes(random, element, in.elements());
        ByteTensor operand = new ByteTensor(in, x);
        OnnxType type = RandomLayer.type(element);
        List<TensorData> operands = List.of(
                TensorData.of("x", type, RandomLayer.image(in), x),
                TensorData.of("xs", NONE, inScale),
                TensorData.of("xz", type, NONE, 0),
                TensorData.of("ys", NONE, outScale),
                TensorData.of("yz", type, NONE, 0));
        int[] theirs = OnnxRuntime.run(
                        MICROSOFT,
                        runtime,
                        operands,
                        type,
                        RandomLayer.image(out),
                        attributes.toArray(new Attribute[0]))
                .integers();
        int[] ours = new OneOperator().operand(element, inScale, operand).bytes(oracle, element, out, outScale);
        double largest = element.max() * (double) inScale / outScale;
        double slack = exactlyScaled ? 0 : largest * (taps + 8) * ROUNDING;
        float[] means = new OneOperator().operand(element, 1, operand).floats(oracle, out);
        agreement.compare(ours, saturated(theirs, element), i -> means[i] * (double) inScale / outScale, i -> slack);
    }
}
