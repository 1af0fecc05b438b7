package dev.octet.examples.zoo;

import static dev.octet.examples.zoo.onnx.PatternModel.decimal;
import static dev.octet.examples.zoo.onnx.PatternModel.integer;
import static dev.octet.examples.zoo.onnx.PatternModel.ints;
import static dev.octet.examples.zoo.onnx.PatternModel.text;

import dev.octet.examples.zoo.onnx.PatternModel;
import java.util.List;
import java.util.function.Function;

/**
 * How exporters write layers and functions, and what the importer must make of it. All models have an input x, of 4 channels of
 * 9 rows and 11 columns or of 6 features.
 */
enum ImportedPattern {
    CONV(
            m -> m.node(
                    "Conv",
                    "y",
                    List.of("x", m.weight("net.conv.weight", 6, 2, 3, 2), m.weight("net.conv.bias", 6)),
                    ints("pads", 1, 0, 2, 1),
                    ints("strides", 2, 1),
                    ints("dilations", 1, 2),
                    integer("group", 2)),
            "conv2d(\"net.conv\", 6, kernel(3, 2).stride(2, 1).dilation(1, 2).pad(1, 0, 2, 1).groups(2).bias())"),
    SAME_UPPER(
            m -> m.node(
                    "Conv",
                    "y",
                    List.of("x", m.weight("dw.weight", 4, 1, 3, 3)),
                    text("auto_pad", "SAME_UPPER"),
                    ints("strides", 2, 2),
                    integer("group", 4)),
            "depthwiseConv2d(\"dw\", kernel(3).stride(2).same())"),
    SAME_LOWER(
            m -> m.node("Conv", "y", List.of("x", m.weight("w", 2, 4, 2, 2)), text("auto_pad", "SAME_LOWER")),
            "pad(1, 1, 0, 0)"),
    CONV_NORM(ImportedPattern::convNorm, "conv2d(\"conv1\", 5, kernel(1)).batchNorm(\"bn1\", .001f).relu()"),
    PAD_CONV(
            m -> {
                String padded = m.node("Pad", "p", List.of("x", m.integers(0, 0, 0, 1, 0, 0, 1, 2)));
                return m.node("Conv", "y", List.of(padded, m.weight("c.weight", 2, 4, 3, 3)), ints("strides", 2, 2));
            },
            "pad(0, 1, 1, 2)"),
    PAD_POOL(
            m -> {
                String relu = m.node("Relu", "r", List.of("x"));
                String padded = m.node("Pad", "p", List.of(relu, m.integers(0, 0, 1, 1, 0, 0, 1, 1)));
                return m.node("MaxPool", "y", List.of(padded), ints("kernel_shape", 3, 3), ints("strides", 2, 2));
            },
            "maxPool(kernel(3).stride(2).pad(1))"),
    POOL_CEIL(
            m -> m.node(
                    "MaxPool",
                    "y",
                    List.of("x"),
                    ints("kernel_shape", 3, 3),
                    ints("strides", 2, 2),
                    ints("pads", 0, 0, 1, 1),
                    integer("ceil_mode", 1)),
            "ceil()"),
    MEAN_UNCOUNTED(
            m -> m.node(
                    "AveragePool",
                    "y",
                    List.of("x"),
                    ints("kernel_shape", 3, 3),
                    ints("strides", 1, 1),
                    ints("pads", 1, 1, 1, 1)),
            "avgPool(kernel(3).stride(1).pad(1).uncountedPadding())"),
    MEAN_COUNTED(
            m -> m.node(
                    "AveragePool",
                    "y",
                    List.of("x"),
                    ints("kernel_shape", 2, 3),
                    ints("strides", 2, 3),
                    ints("pads", 1, 1, 0, 0),
                    integer("count_include_pad", 1)),
            "avgPool(kernel(2, 3).pad(1, 1, 0, 0))"),
    MEAN_OF_ALL(m -> m.node("AveragePool", "y", List.of("x"), ints("kernel_shape", 9, 11)), "globalAvgPool()"),
    MAX_OF_ALL(m -> m.node("GlobalMaxPool", "y", List.of("x")), "maxPool(kernel(9, 11))"),
    RESHAPE_GEMM(2, ImportedPattern::reshapeGemm, "x\").flatten().dense(\"fc\", 3)"),
    MEAN_GEMM(
            2,
            m -> {
                String mean = m.node("ReduceMean", "m", List.of("x"), ints("axes", 2, 3), integer("keepdims", 0));
                return m.node("MatMul", "y", List.of(mean, m.weight("fc.weight", 4, 3)));
            },
            "globalAvgPool().denseWithoutBias(\"fc\", 3)"),
    MEAN_OF_AXES(m -> m.opset(18).node("ReduceMean", "y", List.of("x", m.integers(-1, -2))), "globalAvgPool()"),
    MATMUL_ADD(
            2,
            m -> {
                String flat = m.node("Flatten", "f", List.of("x"));
                String product = m.node("MatMul", "p", List.of(flat, m.weight("dense.kernel", 396, 3)));
                return m.node("Add", "y", List.of(m.weight("b", 3), product));
            },
            "flatten().dense(\"dense\", 3)"),
    HARD_SWISH_DIV(
            m -> {
                String shifted = m.node("Add", "a", List.of("x", m.number(3)));
                String clipped = m.node("Clip", "c", List.of(shifted, m.number(0), m.number(6)));
                return m.node("Div", "y", List.of(m.node("Mul", "p", List.of("x", clipped)), m.number(6)));
            },
            "hardSwish()"),
    HARD_SWISH_GATE(
            m -> {
                String shifted = m.node("Add", "a", List.of("x", m.number(3)));
                String clipped = m.node("Clip", "c", List.of(shifted, m.number(0), m.number(6)));
                String sixth = m.node("Mul", "s", List.of(clipped, m.number(1 / 6.0)));
                return m.node("Mul", "y", List.of(sixth, "x"));
            },
            "hardSwish()"),
    HARD_SWISH_SIGMOID(
            m -> {
                String gate = m.node("HardSigmoid", "g", List.of("x"), decimal("alpha", 1 / 6.0), decimal("beta", 0.5));
                return m.node("Mul", "y", List.of("x", gate));
            },
            "hardSwish()"),
    HARD_SIGMOID_CLIP(
            m -> {
                String shifted = m.node("Add", "a", List.of("x", m.number(3)));
                String clipped = m.node("Clip", "c", List.of(shifted, m.number(0), m.number(6)));
                return m.node("Div", "y", List.of(clipped, m.number(6)));
            },
            "hardSigmoid()"),
    HARD_SIGMOID_OF_LAYER(
            m -> {
                String conv = m.node("Conv", "c", List.of("x", m.weight("c.weight", 2, 4, 1, 1)));
                return m.node("HardSigmoid", "y", List.of(conv), decimal("alpha", 0.2), decimal("beta", 0.4));
            },
            "conv2d(\"c\", 2, kernel(1).bias()).hardSigmoid()"),
    HARD_SIGMOID_ALONE(m -> m.node("HardSigmoid", "y", List.of("x"), decimal("alpha", 0.2)), "batchNorm("),
    SWISH(m -> m.node("Mul", "y", List.of("x", m.node("Sigmoid", "s", List.of("x")))), "swish()"),
    GELU_LAST(
            m -> {
                String erf = m.node("Erf", "e", List.of(m.node("Div", "d", List.of("x", m.number(Math.sqrt(2))))));
                String sum = m.node("Add", "s", List.of(erf, m.number(1)));
                return m.node("Mul", "y", List.of(m.node("Mul", "p", List.of("x", sum)), m.number(0.5)));
            },
            "gelu()"),
    GELU_FIRST(
            m -> {
                String half = m.node("Mul", "h", List.of("x", m.number(0.5)));
                String erf = m.node("Erf", "e", List.of(m.node("Mul", "d", List.of("x", m.number(Math.sqrt(0.5))))));
                return m.node("Mul", "y", List.of(half, m.node("Add", "s", List.of(erf, m.number(1)))));
            },
            "gelu()"),
    RELU6(m -> m.node("Clip", "y", List.of("x", m.number(0), m.number(6))), "relu6()"),
    RELU6_ATTRIBUTES(m -> m.opset(10).node("Clip", "y", List.of("x"), decimal("min", 0), decimal("max", 6)), "relu6()"),
    RELU6_MIN(m -> m.node("Min", "y", List.of(m.node("Relu", "r", List.of("x")), m.number(6))), "relu6()"),
    RELU_CLIP(m -> m.node("Clip", "y", List.of("x", m.number(0))), "relu()"),
    LEAKY_RELU(m -> m.node("LeakyRelu", "y", List.of("x"), decimal("alpha", 0.1)), "leakyRelu(.1f)"),
    P_RELU(m -> m.node("PRelu", "y", List.of("x", m.number(0.25))), "leakyRelu(.25f)"),
    ELU(m -> m.node("Elu", "y", List.of("x")), "elu(1)"),
    TANH(m -> m.node("Tanh", "y", List.of("x")), "tanh()"),
    CHANNEL_CONSTANTS(
            m -> {
                String centred = m.node("Sub", "s", List.of("x", m.weight("mean", 1, 4, 1, 1)));
                return m.node("Div", "y", List.of(centred, m.weight("std", 2.0, 4, 1, 1)));
            },
            "batchNorm("),
    FOLDED_CONSTANTS(
            m -> {
                String conv = m.node("Conv", "c", List.of("x", m.weight("c.weight", 3, 4, 1, 1)));
                String scaled = m.node("Mul", "s", List.of(conv, m.weight("scale", 3, 1, 1)));
                return m.node("Add", "y", List.of(scaled, m.weight("shift", 1, 3, 1, 1)));
            },
            "x\").conv2d(\"c\", 3, kernel(1).bias()));"),
    SQUEEZE_AND_EXCITATION(ImportedPattern::squeezeAndExcitation, "gate("),
    GATE_OF_DENSE(ImportedPattern::gateOfDense, "gate("),
    SHORTCUT(
            m -> {
                String half = m.node(
                        "Slice",
                        "s",
                        List.of("x", m.integers(0, 0), m.integers(9, 2147483647), m.integers(2, 3), m.integers(2, 2)));
                return m.node("Pad", "y", List.of(half, m.integers(0, 2, 0, 0, 0, 1, 0, 0)));
            },
            "subsample(2).padChannels(2, 1)"),
    SPLIT(
            m -> {
                m.nodes("Split", List.of("a", "b"), List.of("x", m.integers(1, 3)), integer("axis", 1));
                return m.node("Concat", "y", List.of("b", "x", "a"), integer("axis", -3));
            },
            "sliceChannels(1, 3)"),
    RESIZE(
            m -> m.node(
                    "Resize",
                    "y",
                    List.of("x", "", m.numbers(1, 1, 3, 3)),
                    text("mode", "nearest"),
                    text("coordinate_transformation_mode", "asymmetric"),
                    text("nearest_mode", "floor")),
            "upsample(3)"),
    RESIZE_SIZES(
            m -> {
                String sizes = m.node("Concat", "z", List.of(shape(m, 0, 2), m.integers(18, 22)), integer("axis", 0));
                return m.node("Resize", "y", List.of("x", "", "", sizes), text("mode", "nearest"));
            },
            "upsample(2)"),
    UPSAMPLE(m -> m.opset(9).node("Upsample", "y", List.of("x", m.numbers(1, 1, 2, 2))), "upsample(2)"),
    NOTHING(
            m -> {
                String same = m.node("Identity", "i", List.of("x"));
                String dropped = m.node("Dropout", "d", List.of(same));
                return m.node("Relu", "y", List.of(m.node("Cast", "c", List.of(dropped), integer("to", 1))));
            },
            "net.input(\"x\").relu()"),
    SUM(m -> m.node("Sum", "y", List.of("x", m.node("Relu", "r", List.of("x")), "x")), ".add("),
    SOFTMAX(
            2,
            m -> {
                String flat = m.node("Flatten", "f", List.of(m.node("GlobalAveragePool", "g", List.of("x"))));
                return m.node("Softmax", "y", List.of(flat), integer("axis", -1));
            },
            "softmax()"),
    VECTOR_CONV(
            2,
            m -> {
                String flat = m.node("Flatten", "f", List.of(m.node("GlobalAveragePool", "g", List.of("x"))));
                String dense = m.node("Gemm", "d", List.of(flat, m.weight("fc1.weight", 5, 4)), integer("transB", 1));
                String image = m.node("Unsqueeze", "u", List.of(dense, m.integers(2, 3)));
                String conv = m.node("Conv", "c", List.of(image, m.weight("fc2.weight", 3, 5, 1, 1)));
                return m.node("Squeeze", "y", List.of(conv, m.integers(2, 3)));
            },
            "denseWithoutBias(\"fc2\", 3)");

    private final int outputRank;
    private final Function<PatternModel, String> nodes;
    private final String expected;

    ImportedPattern(Function<PatternModel, String> nodes, String expected) {
        this(4, nodes, expected);
    }

    ImportedPattern(int outputRank, Function<PatternModel, String> nodes, String expected) {
        this.outputRank = outputRank;
        this.nodes = nodes;
        this.expected = expected;
    }

    /** The file. */
    byte[] model() {
        PatternModel model = new PatternModel().input("x", 4, 9, 11);
        return model.output(nodes.apply(model), outputRank).bytes();
    }

    /** What the class must contain. */
    String expected() {
        return expected;
    }

    private static String convNorm(PatternModel m) {
        String conv = m.node("Conv", "/conv1/Conv_output_0", List.of("x", m.weight("conv1.weight", 5, 4, 1, 1)));
        String norm = m.node(
                "BatchNormalization",
                "n",
                List.of(
                        conv,
                        m.weight("bn1.weight", 5),
                        m.weight("bn1.bias", 5),
                        m.weight("bn1.running_mean", 5),
                        m.weight("bn1.running_var", 1.0, 5)),
                decimal("epsilon", 1e-3));
        return m.node("Relu", "y", List.of(norm));
    }

    /** Some of the extents of x, as a vector. */
    private static String shape(PatternModel m, int from, int to) {
        String all = m.node("Shape", "shape", List.of("x"));
        return m.node("Slice", "part", List.of(all, m.integers(from), m.integers(to)));
    }

    private static String reshapeGemm(PatternModel m) {
        String batch = m.node("Gather", "batch", List.of(m.node("Shape", "shape", List.of("x")), m.integers(0)));
        String to = m.node("Concat", "to", List.of(batch, m.integers(-1)), integer("axis", 0));
        String flat = m.node("Reshape", "flat", List.of("x", to));
        return m.node(
                "Gemm",
                "y",
                List.of(flat, m.weight("fc.weight", 396, 3), m.weight("fc.bias", 3)),
                decimal("alpha", 0.5),
                decimal("beta", 2));
    }

    private static String squeezeAndExcitation(PatternModel m) {
        String mean = m.node("GlobalAveragePool", "g", List.of("x"));
        String squeezed = m.node("Conv", "c1", List.of(mean, m.weight("fc1.weight", 2, 4, 1, 1)));
        String relu = m.node("Relu", "r", List.of(squeezed));
        String excited = m.node("Conv", "c2", List.of(relu, m.weight("fc2.weight", 4, 2, 1, 1)));
        return m.node("Mul", "y", List.of(m.node("Sigmoid", "s", List.of(excited)), "x"));
    }

    private static String gateOfDense(PatternModel m) {
        String mean = m.node("GlobalAveragePool", "g", List.of("x"));
        String flat = m.node("Reshape", "f", List.of(mean, m.integers(0, 4)));
        String dense = m.node("Gemm", "d", List.of(flat, m.weight("fc.weight", 4, 4)), integer("transB", 1));
        String gates = m.node("Reshape", "v", List.of(m.node("Sigmoid", "s", List.of(dense)), m.integers(-1, 4, 1, 1)));
        return m.node("Mul", "y", List.of("x", gates));
    }
}
