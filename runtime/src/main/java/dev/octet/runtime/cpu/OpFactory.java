package dev.octet.runtime.cpu;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Constants;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the operator that computes a node; empty for inputs, outputs and softmax, where a session or the host moves the
 * caller's data.
 */
final class OpFactory implements OpVisitor<Optional<CpuOp>> {
    private final Graph graph;
    private final Node node;
    private final Constants constants;
    private final Function<String, LayerWeights> layers;

    private OpFactory(Graph graph, Node node, Constants constants, Function<String, LayerWeights> layers) {
        this.graph = graph;
        this.node = node;
        this.constants = constants;
        this.layers = layers;
    }

    /**
     * The operator of a node.
     *
     * @param constants of the node, null if it has none
     * @param layers finds weights by layer name
     */
    static Optional<CpuOp> of(Graph graph, Node node, Constants constants, Function<String, LayerWeights> layers) {
        return node.op().accept(new OpFactory(graph, node, constants, layers));
    }

    private TensorType operand() {
        return graph.node(node.input()).type();
    }

    private Epilogue epilogue() {
        return Epilogue.of((Constants.Epilogue) constants);
    }

    @Override
    public Optional<CpuOp> input(Op.Input op) {
        return Optional.empty();
    }

    @Override
    public Optional<CpuOp> conv2d(Op.Conv2d op) {
        return Optional.of(new ConvOp(node, op, operand(), layers.apply(op.layer()), epilogue()));
    }

    @Override
    public Optional<CpuOp> dense(Op.Dense op) {
        boolean residual = op.epilogue().residual();
        return Optional.of(new DenseOp(node, operand(), residual, layers.apply(op.layer()), epilogue()));
    }

    @Override
    public Optional<CpuOp> activate(Op.Activate op) {
        if (op.activation().isLimit()) {
            return rescale();
        }
        return Optional.of(
                node.type().element().isInteger()
                        ? new LookUpOp(node, node.input(), numbers(((Constants.ByteTable) constants).table()))
                        : new FunctionOp(node, op.activation()));
    }

    private Optional<CpuOp> rescale() {
        Constants.Rescale by = (Constants.Rescale) constants;
        return Optional.of(new RescaleOp(node, by.factor(), by.lo(), by.hi()));
    }

    /** The bytes of a table, as the numbers that they are in the node's type. */
    private float[] numbers(byte[] bytes) {
        boolean signed = node.type().element() == ElementType.S8;
        float[] numbers = new float[bytes.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = signed ? bytes[i] : Byte.toUnsignedInt(bytes[i]);
        }
        return numbers;
    }

    @Override
    public Optional<CpuOp> requantize(Op.Requantize op) {
        return rescale();
    }

    @Override
    public Optional<CpuOp> gate(Op.Gate op) {
        return Optional.of(new GateOp(node, (Constants.Rescale) constants));
    }

    @Override
    public Optional<CpuOp> concat(Op.Concat op) {
        ChannelsOp.Sources sources = new ChannelsOp.Sources(node);
        for (int input : node.inputs()) {
            sources.add(input, 0, graph.node(input).type().shape().channels());
        }
        return Optional.of(sources.op());
    }

    @Override
    public Optional<CpuOp> sliceChannels(Op.SliceChannels op) {
        return Optional.of(new ChannelsOp.Sources(node)
                .add(node.input(), op.first(), op.count())
                .op());
    }

    @Override
    public Optional<CpuOp> padChannels(Op.PadChannels op) {
        return Optional.of(new ChannelsOp.Sources(node)
                .zeros(op.before())
                .add(node.input(), 0, operand().shape().channels())
                .zeros(op.after())
                .op());
    }

    @Override
    public Optional<CpuOp> upsample(Op.Upsample op) {
        return Optional.of(new UpsampleOp(node, op, operand().shape()));
    }

    @Override
    public Optional<CpuOp> extension(Op.Extension op) {
        return Optional.of(new ExtensionOp(graph, node, op, (Constants.Extension) constants));
    }

    @Override
    public Optional<CpuOp> avgPool(Op.AvgPool op) {
        return Optional.of(new AvgPoolOp(node, op, operand(), (Constants.WindowMean) constants));
    }

    /** Softmax is the host's work, on the copy of its operand that the caller gets. */
    @Override
    public Optional<CpuOp> softmax(Op.Softmax op) {
        return Optional.empty();
    }

    @Override
    public Optional<CpuOp> add(Op.Add op) {
        return Optional.of(new AddOp(node, (Constants.Sum) constants));
    }

    @Override
    public Optional<CpuOp> maxPool(Op.MaxPool op) {
        return Optional.of(new MaxPoolOp(node, op.window(), operand().shape()));
    }

    @Override
    public Optional<CpuOp> globalAvgPool(Op.GlobalAvgPool op) {
        return Optional.of(new GlobalAvgPoolOp(node, operand(), (Constants.Rescale) constants));
    }

    @Override
    public Optional<CpuOp> quantize(Op.Quantize op) {
        if (constants instanceof Constants.QuantizeFloat by) {
            return Optional.of(new QuantizeFloatOp(node, by));
        }
        float[] table = constants instanceof Constants.FloatPixels pixels
                ? pixels.table()
                : numbers(((Constants.PixelTable) constants).table());
        return Optional.of(new LookUpOp(node, node.input(), table));
    }

    @Override
    public Optional<CpuOp> dequantize(Op.Dequantize op) {
        float scale = constants == null ? 1 : ((Constants.Dequantize) constants).scale();
        return Optional.of(new RescaleOp(node, scale, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY));
    }

    @Override
    public Optional<CpuOp> output(Op.Output op) {
        return Optional.empty();
    }

    @Override
    public Optional<CpuOp> batchNorm(Op.BatchNorm op) {
        throw new IllegalArgumentException("a plan has no batch norm: " + node.name());
    }

    @Override
    public Optional<CpuOp> flatten(Op.Flatten op) {
        throw new IllegalArgumentException("a plan has no flatten: " + node.name());
    }
}
