package dev.octet.tools.export;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.WeightsFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Writes a plan's quantised graph as float operators between pairs of QuantizeLinear and DequantizeLinear. Each method
 * returns the name of the operator's float result; {@link #write} rounds it to bytes if the node's type is of integers.
 */
final class QdqGraph implements OpVisitor<String> {
    private final Plan plan;
    private final CalibrationTable table;
    private final WeightsFile weights;
    private final QdqOptions options;
    private final OnnxModel model;
    private final ByteNodes bytes;
    private final ActivationNodes activations;
    private final WeightNodes layers;

    /** Names of the floats that users of a node read, by its id. */
    private final Map<Integer, String> results = new HashMap<>();

    private final Map<Integer, Node> nodes;
    private Node node;

    QdqGraph(Plan plan, CalibrationTable table, WeightsFile weights, QdqOptions options) {
        this.plan = plan;
        this.table = table;
        this.weights = weights;
        this.options = options;
        this.model = new OnnxModel(plan.network());
        this.bytes = new ByteNodes(model, options.flavour(), table);
        this.activations = new ActivationNodes(model);
        this.layers = new WeightNodes(model, options.flavour());
        this.nodes = plan.int8().byId();
    }

    /** Writes all nodes. */
    QdqModel write() {
        for (Node each : plan.int8().nodes()) {
            node = each;
            String result = each.op().accept(this);
            boolean isBytes = each.type().scale().isPresent() && !each.isHosts();
            results.put(each.id(), isBytes ? bytes.round(result, each.name(), each.type()) : result);
        }
        String description = "INT8 network " + plan.network() + ", calibrated by " + table.algorithm() + " on "
                + table.examples() + " examples; for " + options.flavour().text();
        return new QdqModel(model.bytes(description), model.nodes());
    }

    private Node source(int i) {
        return nodes.get(node.inputs().get(i));
    }

    private String operand(int i) {
        return results.get(node.inputs().get(i));
    }

    private String unary(String operator, Attributes attributes) {
        return model.node(operator, List.of(operand(0)), name(), attributes);
    }

    private String name() {
        return node.name() + "/float";
    }

    @Override
    public String input(Op.Input op) {
        Port port = plan.inputs().stream()
                .filter(each -> each.name().equals(node.name()))
                .findFirst()
                .orElseThrow();
        Shape shape = port.shape();
        if (port.image().isEmpty() || !options.pixels()) {
            return model.input(port.name(), OnnxType.FLOAT, shape.dims());
        }
        model.input(port.name(), OnnxType.UINT8, List.of(shape.height(), shape.width(), shape.channels()));
        return numbers(port.image().get(), port.name());
    }

    /** Bytes in (row, column, channel) order to numbers in (channel, row, column) order. */
    private String numbers(ImageFormat image, String port) {
        String turned = model.node(
                "Transpose", List.of(port), port + "/channels", new Attributes().integers("perm", 0, 3, 1, 2));
        String floats = model.node(
                "Cast", List.of(turned), port + "/pixels", new Attributes().integer("to", OnnxType.FLOAT.number()));
        List<Integer> shape = List.of(1, image.channels(), 1, 1);
        String scaled =
                model.node("Mul", port + "/scaled", floats, model.floats(port + "/factor", List.of(), image.scale()));
        String centred =
                model.node("Sub", port + "/centred", scaled, model.floats(port + "/mean", shape, floats(image.mean())));
        return model.node("Div", port + "/float", centred, model.floats(port + "/std", shape, floats(image.std())));
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = values.get(i));
        return floats;
    }

    @Override
    public String output(Op.Output op) {
        Shape shape = node.type().shape();
        model.output(node.name(), shape.dims());
        boolean flat = shape.rank() == 1 && source(0).type().shape().rank() > 1;
        return model.node(flat ? "Flatten" : "Identity", node.name(), operand(0));
    }

    @Override
    public String conv2d(Op.Conv2d op) {
        Window window = op.window();
        int in = source(0).type().shape().channels() / op.groups();
        List<Integer> shape = List.of(node.type().shape().channels(), in, window.kernelH(), window.kernelW());
        WeightNodes.Names names = layer(op.layer(), shape);
        Attributes attributes = window(window)
                .integers("dilations", window.dilationH(), window.dilationW())
                .integer("group", op.groups());
        String sum = model.node("Conv", List.of(operand(0), names.weight(), names.bias()), name(), attributes);
        return epilogue(sum, op.layer(), op.epilogue());
    }

    @Override
    public String dense(Op.Dense op) {
        Shape in = source(0).type().shape();
        List<Integer> shape = List.of(node.type().shape().channels(), in.elements());
        WeightNodes.Names names = layer(op.layer(), shape);
        Attributes attributes = new Attributes().integer("transB", 1);
        String sum = model.node("Gemm", List.of(flat(), names.weight(), names.bias()), name(), attributes);
        return epilogue(sum, op.layer(), op.epilogue());
    }

    /** The operand as one row an image; bytes are rounded again, which changes none, so that the layer reads bytes. */
    private String flat() {
        TensorType type = source(0).type();
        if (type.shape().rank() == 1) {
            return operand(0);
        }
        String name = node.name() + "/flat";
        String flat = model.node("Flatten", name, operand(0));
        return type.scale().isPresent() ? bytes.round(flat, name, type) : flat;
    }

    private WeightNodes.Names layer(String name, List<Integer> shape) {
        if (node.fp32()) {
            return layers.floats(weights.floats().get(name), shape);
        }
        return layers.bytes(
                weights.layers().get(name), shape, bytes.scale(source(0).type()));
    }

    private String epilogue(String sum, String layer, Epilogue epilogue) {
        String result = sum;
        if (epilogue.residual()) {
            result = model.node("Add", node.name() + "/sum", rounded(sum, layer), operand(1));
        }
        return limited(epilogue.activation(), result);
    }

    /**
     * A layer's own result, before a residual is added. Of a sum only what lies in the range of its type matters, and of the
     * residual we know the range too: what the layer's result would have to be outside of their difference is cut off anyway.
     * Where the calibration found a smaller range, that is taken.
     */
    private String rounded(String sum, String layer) {
        TensorType residual = source(1).type();
        TensorType total = node.type();
        boolean known = residual.scale().isPresent() && total.scale().isPresent();
        if (node.fp32() || !known || !options.flavour().roundsBeforeSums()) {
            return sum;
        }
        double most = amaxOf(layer);
        double low = Math.max(-most, bytes.low(total) - bytes.high(residual));
        double high = Math.min(most, bytes.high(total) - bytes.low(residual));
        return bytes.round(sum, node.name() + "/term", low, high);
    }

    /** The range of a layer's own result in the float graph; infinite in a table without it, such as an imported one. */
    private double amaxOf(String layer) {
        return plan.fp32().nodes().stream()
                .filter(each -> each.layer().filter(layer::equals).isPresent())
                .map(each -> table.amax().get(each.name()))
                .filter(Objects::nonNull)
                .mapToDouble(Float::doubleValue)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** An activation that only limits, where rounding to the node's type does not do so anyway. */
    private String limited(Activation activation, String value) {
        TensorType type = node.type();
        boolean implied = bytes.isNonNegative(type) && activation.isLimit() && bytes.limits(type, activation.upper());
        return implied ? value : activations.apply(activation, value, node.name());
    }

    private static Attributes window(Window window) {
        return window(window, window.padding());
    }

    private static Attributes window(Window window, Border padding) {
        return new Attributes()
                .integers("kernel_shape", window.kernelH(), window.kernelW())
                .integers("strides", window.strideH(), window.strideW())
                .integers("pads", padding.top(), padding.left(), padding.bottom(), padding.right());
    }

    @Override
    public String activate(Op.Activate op) {
        return op.activation().isLimit()
                ? limited(op.activation(), operand(0))
                : activations.apply(op.activation(), operand(0), node.name());
    }

    @Override
    public String add(Op.Add op) {
        return limited(op.activation(), model.node("Add", name(), operand(0), operand(1)));
    }

    @Override
    public String gate(Op.Gate op) {
        if (source(1).type().shape().rank() > 1) {
            return model.node("Mul", name(), operand(0), operand(1));
        }
        String shape =
                model.longs(node.name() + "/shape", -1, node.type().shape().channels(), 1, 1);
        String gates = model.node("Reshape", node.name() + "/gates", operand(1), shape);
        return model.node("Mul", name(), operand(0), gates);
    }

    @Override
    public String concat(Op.Concat op) {
        List<String> operands =
                IntStream.range(0, op.arity()).mapToObj(this::operand).toList();
        return model.node("Concat", operands, name(), new Attributes().integer("axis", 1));
    }

    @Override
    public String sliceChannels(Op.SliceChannels op) {
        String from = model.longs(node.name() + "/from", op.first());
        String to = model.longs(node.name() + "/to", (long) op.first() + op.count());
        return model.node("Slice", name(), operand(0), from, to, model.longs("/axis", 1));
    }

    @Override
    public String padChannels(Op.PadChannels op) {
        int rank = node.type().shape().rank() + 1;
        long[] pads = new long[2 * rank];
        pads[1] = op.before();
        pads[rank + 1] = op.after();
        return model.node("Pad", name(), operand(0), model.longs(node.name() + "/pads", pads));
    }

    @Override
    public String upsample(Op.Upsample op) {
        String factors = model.floats(node.name() + "/factors", List.of(4), 1, 1, op.rows(), op.columns());
        Attributes attributes = new Attributes()
                .text("mode", "nearest")
                .text("coordinate_transformation_mode", "asymmetric")
                .text("nearest_mode", "floor");
        return model.node("Resize", List.of(operand(0), "", factors), name(), attributes);
    }

    @Override
    public String maxPool(Op.MaxPool op) {
        return unary("MaxPool", window(op.window()));
    }

    /** ONNX counts all of the padding or none; so what counts is made part of the image. */
    @Override
    public String avgPool(Op.AvgPool op) {
        Border counted = op.counted();
        Border all = op.window().padding();
        String image = operand(0);
        if (!counted.equals(Border.NONE)) {
            String pads = model.longs(
                    node.name() + "/pads",
                    0,
                    0,
                    counted.top(),
                    counted.left(),
                    0,
                    0,
                    counted.bottom(),
                    counted.right());
            image = model.node("Pad", node.name() + "/padded", image, pads);
        }
        Border rest = new Border(
                all.top() - counted.top(),
                all.left() - counted.left(),
                all.bottom() - counted.bottom(),
                all.right() - counted.right());
        Attributes attributes = window(op.window(), rest).integer("count_include_pad", 0);
        return model.node("AveragePool", List.of(image), name(), attributes);
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
        throw new OctetException(ExportCode.OPERATOR, node.name(), plan.network(), op.operator());
    }

    /** Another scale: the operand's floats, rounded by {@link #write}. */
    @Override
    public String requantize(Op.Requantize op) {
        return operand(0);
    }

    @Override
    public String quantize(Op.Quantize op) {
        return operand(0);
    }

    @Override
    public String dequantize(Op.Dequantize op) {
        return operand(0);
    }

    @Override
    public String batchNorm(Op.BatchNorm op) {
        throw notQuantised(op);
    }

    @Override
    public String flatten(Op.Flatten op) {
        throw notQuantised(op);
    }

    private static IllegalArgumentException notQuantised(Op op) {
        return new IllegalArgumentException("a quantised graph does not have " + op);
    }
}
