package dev.octet.examples.zoo.onnx;

import dev.octet.examples.zoo.onnx.OnnxModel.Attributes;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Window;
import dev.octet.plan.weights.FoldedLayer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes a plan's float graph with its folded weights as an ONNX model. It shares no arithmetic with the project's devices:
 * another runtime of the model says what the graph means.
 */
public final class OnnxExport implements OpVisitor<String> {
    private final OnnxModel model = new OnnxModel();
    private final Graph graph;
    private final Map<String, FoldedLayer> layers;
    private Node node;

    private OnnxExport(Graph graph, Map<String, FoldedLayer> layers) {
        this.graph = graph;
        this.layers = layers;
    }

    /**
     * The bytes of a model.
     *
     * @param plan whose float graph to write; its ports name the model's inputs, [N,C,H,W], and outputs
     * @param layers weights of its layers
     */
    public static byte[] of(Plan plan, Map<String, FoldedLayer> layers) {
        OnnxExport export = new OnnxExport(plan.fp32(), layers);
        for (Node node : plan.fp32().nodes()) {
            export.node = node;
            node.op().accept(export);
        }
        return export.model.bytes();
    }

    private String operand(int i) {
        return graph.node(node.inputs().get(i)).name();
    }

    private String unary(String operator, Attributes attributes) {
        return model.node(operator, List.of(operand(0)), node.name(), attributes);
    }

    @Override
    public String input(Op.Input op) {
        model.port(true, node.name(), node.type().shape().dims());
        return node.name();
    }

    @Override
    public String output(Op.Output op) {
        model.port(false, node.name(), node.type().shape().dims());
        if (node.type().shape().rank() == 1) {
            return unary("Flatten", new Attributes());
        }
        return unary("Identity", new Attributes());
    }

    @Override
    public String conv2d(Op.Conv2d op) {
        requirePlain(op.epilogue());
        FoldedLayer layer = layers.get(op.layer());
        Window window = op.window();
        List<Integer> shape = List.of(layer.out(), layer.in(), window.kernelH(), window.kernelW());
        return model.node(
                "Conv",
                List.of(
                        operand(0),
                        model.floats(op.layer() + ".weight", shape, channelsFirst(layer)),
                        model.floats(op.layer() + ".bias", List.of(layer.out()), floats(layer.bias()))),
                node.name(),
                window(window)
                        .integers("dilations", window.dilationH(), window.dilationW())
                        .integer("group", op.groups()));
    }

    private static Attributes window(Window window) {
        return new Attributes()
                .integers("kernel_shape", window.kernelH(), window.kernelW())
                .integers("strides", window.strideH(), window.strideW())
                .integers("pads", window.top(), window.left(), window.bottom(), window.right());
    }

    @Override
    public String dense(Op.Dense op) {
        requirePlain(op.epilogue());
        FoldedLayer layer = layers.get(op.layer());
        List<Integer> shape = List.of(layer.out(), layer.taps() * layer.in());
        String flat = model.node("Flatten", List.of(operand(0)), node.name() + "/flat", new Attributes());
        return model.node(
                "Gemm",
                List.of(
                        flat,
                        model.floats(op.layer() + ".weight", shape, channelsFirst(layer)),
                        model.floats(op.layer() + ".bias", List.of(layer.out()), floats(layer.bias()))),
                node.name(),
                new Attributes().integer("transB", 1));
    }

    private static void requirePlain(Epilogue epilogue) {
        if (!epilogue.equals(Epilogue.PLAIN)) {
            throw new IllegalArgumentException("a float graph is not fused: " + epilogue);
        }
    }

    /** [out][tap][in] to [out][in][tap]. */
    private static float[] channelsFirst(FoldedLayer layer) {
        float[] result = new float[layer.weights().length];
        int at = 0;
        for (int o = 0; o < layer.out(); o++) {
            for (int i = 0; i < layer.in(); i++) {
                for (int t = 0; t < layer.taps(); t++) {
                    result[at++] = (float) layer.weights()[(o * layer.taps() + t) * layer.in() + i];
                }
            }
        }
        return result;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> result[i] = (float) values[i]);
        return result;
    }

    @Override
    public String activate(Op.Activate op) {
        Activation activation = op.activation();
        Attributes none = new Attributes();
        return switch (activation.kind()) {
            case NONE -> throw new IllegalArgumentException("an activation node activates");
            case RELU -> unary("Relu", none);
            case RELU6 -> relu6();
            case LEAKY_RELU -> unary("LeakyRelu", none.decimal("alpha", activation.alpha()));
            case ELU -> unary("Elu", none.decimal("alpha", activation.alpha()));
            case SIGMOID -> unary("Sigmoid", none);
            case HARD_SIGMOID ->
                unary("HardSigmoid", none.decimal("alpha", 1 / 6f).decimal("beta", .5f));
            case TANH -> unary("Tanh", none);
            case SWISH -> swish();
            case HARD_SWISH -> unary("HardSwish", none);
            case GELU -> unary("Gelu", none);
        };
    }

    private String relu6() {
        String low = model.floats(node.name() + "/low", List.of(), 0);
        String high = model.floats(node.name() + "/high", List.of(), 6);
        return model.node("Clip", List.of(operand(0), low, high), node.name(), new Attributes());
    }

    private String swish() {
        String sigmoid = model.node("Sigmoid", List.of(operand(0)), node.name() + "/sigmoid", new Attributes());
        return model.node("Mul", List.of(operand(0), sigmoid), node.name(), new Attributes());
    }

    @Override
    public String add(Op.Add op) {
        if (!op.activation().equals(Activation.NONE)) {
            throw new IllegalArgumentException("a float graph is not fused: " + op);
        }
        return model.node("Add", List.of(operand(0), operand(1)), node.name(), new Attributes());
    }

    @Override
    public String gate(Op.Gate op) {
        int channels = node.type().shape().channels();
        String shape = model.integers(node.name() + "/shape", -1, channels, 1, 1);
        String gates = model.node("Reshape", List.of(operand(1), shape), node.name() + "/gates", new Attributes());
        return model.node("Mul", List.of(operand(0), gates), node.name(), new Attributes());
    }

    @Override
    public String concat(Op.Concat op) {
        List<String> operands =
                IntStream.range(0, op.arity()).mapToObj(this::operand).toList();
        return model.node("Concat", operands, node.name(), new Attributes().integer("axis", 1));
    }

    @Override
    public String sliceChannels(Op.SliceChannels op) {
        String starts = model.integers(node.name() + "/starts", op.first());
        String ends = model.integers(node.name() + "/ends", op.first() + op.count());
        String axes = model.integers(node.name() + "/axes", 1);
        return model.node("Slice", List.of(operand(0), starts, ends, axes), node.name(), new Attributes());
    }

    @Override
    public String padChannels(Op.PadChannels op) {
        int rank = node.type().shape().rank() + 1;
        long[] pads = new long[2 * rank];
        pads[1] = op.before();
        pads[rank + 1] = op.after();
        String amounts = model.integers(node.name() + "/pads", pads);
        return model.node("Pad", List.of(operand(0), amounts), node.name(), new Attributes());
    }

    @Override
    public String upsample(Op.Upsample op) {
        String scales = model.floats(node.name() + "/scales", List.of(4), 1, 1, op.rows(), op.columns());
        return model.node(
                "Resize",
                List.of(operand(0), "", scales),
                node.name(),
                new Attributes()
                        .text("mode", "nearest")
                        .text("coordinate_transformation_mode", "asymmetric")
                        .text("nearest_mode", "floor"));
    }

    @Override
    public String maxPool(Op.MaxPool op) {
        return unary("MaxPool", window(op.window()));
    }

    @Override
    public String avgPool(Op.AvgPool op) {
        boolean counted = op.counted().equals(op.window().padding());
        if (!counted && !op.counted().equals(Border.NONE)) {
            throw new IllegalArgumentException("ONNX counts all of the padding or none: " + op);
        }
        return unary("AveragePool", window(op.window()).integer("count_include_pad", counted ? 1 : 0));
    }

    @Override
    public String globalAvgPool(Op.GlobalAvgPool op) {
        return unary("GlobalAveragePool", new Attributes());
    }

    @Override
    public String softmax(Op.Softmax op) {
        return unary("Softmax", new Attributes().integer("axis", 1));
    }

    @Override
    public String extension(Op.Extension op) {
        throw new IllegalArgumentException("ONNX does not have " + op);
    }

    @Override
    public String batchNorm(Op.BatchNorm op) {
        throw notFloat(op);
    }

    @Override
    public String flatten(Op.Flatten op) {
        throw notFloat(op);
    }

    @Override
    public String requantize(Op.Requantize op) {
        throw notFloat(op);
    }

    @Override
    public String quantize(Op.Quantize op) {
        throw notFloat(op);
    }

    @Override
    public String dequantize(Op.Dequantize op) {
        throw notFloat(op);
    }

    private static IllegalArgumentException notFloat(Op op) {
        return new IllegalArgumentException("a plan's float graph does not have " + op);
    }
}
