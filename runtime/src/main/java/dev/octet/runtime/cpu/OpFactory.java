package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Constants;
import java.util.Optional;
import java.util.function.Function;

/** Makes the operator that computes a node; empty for inputs and outputs, where a session moves the caller's data. */
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
        Constants.Rescale by = (Constants.Rescale) constants;
        return Optional.of(new RescaleOp(node, by.factor(), by.lo(), by.hi()));
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
        byte[] bytes = ((Constants.PixelTable) constants).table();
        float[] table = new float[bytes.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = node.type().element().min() < 0 ? bytes[i] : Byte.toUnsignedInt(bytes[i]);
        }
        return Optional.of(new PixelOp(node, node.input(), table));
    }

    @Override
    public Optional<CpuOp> dequantize(Op.Dequantize op) {
        float scale = ((Constants.Dequantize) constants).scale();
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
