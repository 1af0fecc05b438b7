package dev.octet.compiler.onnx;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A convolution with random operands and zero points of 0, for the oracle and for ONNX Runtime: bytes of one type in and
 * out, signed weights and a scale for each output channel. ONNX's bias is an integer in steps of a sum.
 */
final class RandomLayer {
    private static final int MAX_BIAS = 20_000;

    private final ElementType element;
    private final Shape in;
    private final int out;
    private final Window window;
    private final int groups;
    private final int[] x;
    private final int[] weights;
    private final int[] bias;
    private final float[] scale;
    private float inScale;
    private float outScale;
    private double slack = Agreement.FOUR_ROUNDINGS;

    RandomLayer(
            SplittableRandom random,
            ElementType element,
            Shape in,
            int out,
            Window window,
            int groups,
            boolean biased) {
        this.element = element;
        this.in = in;
        this.out = out;
        this.window = window;
        this.groups = groups;
        int terms = in.channels() / groups * window.taps();
        x = bytes(random, element, in.elements());
        weights = random.ints(out * terms, -127, 128).toArray();
        bias = biased ? random.ints(out, -MAX_BIAS, MAX_BIAS + 1).toArray() : new int[out];
        inScale = scale(random);
        scale = new float[out];
        for (int c = 0; c < out; c++) {
            scale[c] = scale(random);
        }
        // Most sums of random bytes are within twice this many steps, some are clamped.
        outScale = (float) (inScale * 0.01 * 73 * 73 * Math.sqrt(terms) / random.nextInt(20, 100));
    }

    static int[] bytes(SplittableRandom random, ElementType element, int count) {
        return random.ints(count, element.min(), element.max() + 1).toArray();
    }

    /** Within a factor of 10 of 0.01, of any 24 bits. */
    static float scale(SplittableRandom random) {
        return (float) (0.01 * Math.pow(10, random.nextDouble() * 2 - 1));
    }

    static OnnxType type(ElementType element) {
        return element == ElementType.S8 ? OnnxType.INT8 : OnnxType.UINT8;
    }

    /** Makes all scales powers of two, so that nothing but the last rounding rounds, and halves are frequent. */
    RandomLayer exactlyScaled() {
        inScale = powerOfTwo(inScale);
        outScale = powerOfTwo(outScale);
        for (int c = 0; c < out; c++) {
            scale[c] = powerOfTwo(scale[c]);
        }
        slack = 0;
        return this;
    }

    static float powerOfTwo(float value) {
        return Math.scalb(1f, Math.getExponent(value));
    }

    private Shape result() {
        return Shape.of(out, window.outHeight(in.height()), window.outWidth(in.width()));
    }

    /** Compares the results of the two. */
    void compare(Agreement agreement) {
        int[] theirs = RandomOperators.saturated(runtime(), element);
        agreement.compare(oracle(), theirs, this::exact, i -> size(i) * slack);
    }

    private int[] oracle() {
        String operator = OneOperator.conv2d(window, groups) + OneOperator.epilogue(element);
        return new OneOperator()
                .operand(element, inScale, new ByteTensor(in, x))
                .weights(layer(scale, realBias()))
                .bytes(operator, element, result(), outScale);
    }

    private float[] realBias() {
        float[] real = new float[out];
        for (int c = 0; c < out; c++) {
            real[c] = (float) (bias[c] * ((double) inScale * scale[c]));
        }
        return real;
    }

    /** Weights of {@code [out][tap][in]}. */
    private QuantizedLayer layer(float[] scales, float[] biases) {
        int perGroup = in.channels() / groups;
        int taps = window.taps();
        byte[] ordered = new byte[weights.length];
        for (int i = 0; i < weights.length; i++) {
            int channel = i / taps % perGroup;
            ordered[(i / (taps * perGroup) * taps + i % taps) * perGroup + channel] = (byte) weights[i];
        }
        return new QuantizedLayer("layer", out, taps, perGroup, ordered, scales, biases);
    }

    /** The sum of an element, without the bias. */
    private double sum(int element) {
        float[] ones = new float[out];
        Arrays.fill(ones, 1);
        String operator = OneOperator.conv2d(window, groups) + OneOperator.epilogue(ElementType.F32);
        return new OneOperator()
                .operand(this.element, 1, new ByteTensor(in, x))
                .weights(layer(ones, new float[out]))
                .floats(operator, result())[element];
    }

    private double exact(int element) {
        int channel = element / result().pixels();
        return (sum(element) + bias[channel]) * ((double) inScale * scale[channel]) / outScale;
    }

    private double size(int element) {
        int channel = element / result().pixels();
        return (Math.abs(sum(element)) + Math.abs(bias[channel])) * inScale * scale[channel] / outScale;
    }

    private int[] runtime() {
        OnnxType type = type(element);
        List<Long> outs = List.of((long) out);
        List<Long> none = List.of();
        Shape to = result();
        List<Long> filter =
                List.of((long) out, (long) in.channels() / groups, (long) window.kernelH(), (long) window.kernelW());
        List<TensorData> operands = List.of(
                TensorData.of("x", type, image(in), x),
                TensorData.of("xs", none, inScale),
                TensorData.of("xz", type, none, 0),
                TensorData.of("w", OnnxType.INT8, filter, weights),
                TensorData.of("ws", outs, scale),
                TensorData.of("wz", OnnxType.INT8, outs, new int[out]),
                TensorData.of("ys", none, outScale),
                TensorData.of("yz", type, none, 0),
                TensorData.of("bias", OnnxType.INT32, outs, bias));
        List<Attribute> attributes = new ArrayList<>(attributes(window));
        attributes.add(ints("dilations", window.dilationH(), window.dilationW()));
        attributes.add(new Attribute.Int("group", groups));
        return OnnxRuntime.run("", "QLinearConv", operands, type, image(to), attributes.toArray(new Attribute[0]))
                .integers();
    }

    static List<Long> image(Shape shape) {
        return List.of(1L, (long) shape.channels(), (long) shape.height(), (long) shape.width());
    }

    /** A window's attributes, but for the dilations. */
    static List<Attribute> attributes(Window window) {
        return List.of(
                ints("kernel_shape", window.kernelH(), window.kernelW()),
                ints("strides", window.strideH(), window.strideW()),
                ints("pads", window.top(), window.left(), window.bottom(), window.right()));
    }

    static Attribute ints(String name, long... values) {
        return new Attribute.Ints(name, LongStream.of(values).boxed().toList());
    }

    @Override
    public String toString() {
        return "convolution of %s%s to %d channels,%s, %d groups"
                .formatted(element.text(), in, out, OneOperator.text(window), groups);
    }
}
