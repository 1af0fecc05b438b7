package dev.octet.compiler.kernel;

import dev.octet.compiler.kernel.FloatKernel.Lanewise;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what the kernels of operators compute that stay in FP32, and those at their borders to pixels and outputs. */
final class LowerFloats implements OpVisitor<KernelSpec> {
    private final List<TensorType> types;
    private final TensorType out;

    private LowerFloats(List<TensorType> types, TensorType out) {
        this.types = types;
        this.out = out;
    }

    /** The specification, if the node is computed in float arithmetic or moves floats. */
    static Optional<KernelSpec> spec(Node node, List<TensorType> operands) {
        boolean pixels = node.op() instanceof Op.Quantize && isFloat(node.type());
        boolean moves =
                (node.op() instanceof Op.Dequantize || node.op() instanceof Op.Requantize) && isFloat(operands.get(0));
        return node.fp32() || pixels || moves
                ? Optional.of(node.op().accept(new LowerFloats(operands, node.type())))
                : Optional.empty();
    }

    private static boolean isFloat(TensorType type) {
        return type.element() == ElementType.F32;
    }

    private static Extent extent(TensorType type) {
        return new Extent(
                type.shape().height(),
                type.shape().width(),
                type.shape().channels(),
                type.storage().orElseThrow().pitch());
    }

    private static Value value(TensorType type) {
        return new Value(type.element(), extent(type));
    }

    private Value operand(int index) {
        return value(types.get(index));
    }

    private List<Value> operands() {
        return types.stream().map(LowerFloats::value).toList();
    }

    private KernelSpec convolution(Window window, int groups, Epilogue epilogue) {
        Optional<Value> residual = epilogue.residual() ? Optional.of(operand(1)) : Optional.empty();
        return new FloatKernel.Conv2d(operand(0), residual, value(out), window, groups, epilogue.activation());
    }

    @Override
    public KernelSpec conv2d(Op.Conv2d op) {
        return convolution(op.window(), op.groups(), op.epilogue());
    }

    @Override
    public KernelSpec dense(Op.Dense op) {
        Extent in = operand(0).extent();
        return convolution(new Window(in.height(), in.width(), 1, 1, 0, 0, 0, 0), 1, op.epilogue());
    }

    private KernelSpec pointwise(Lanewise kind, Activation activation) {
        return new FloatKernel.Pointwise(kind, operands(), value(out), activation);
    }

    @Override
    public KernelSpec activate(Op.Activate op) {
        return pointwise(Lanewise.ACTIVATE, op.activation());
    }

    @Override
    public KernelSpec requantize(Op.Requantize op) {
        return pointwise(Lanewise.ACTIVATE, Activation.NONE);
    }

    @Override
    public KernelSpec add(Op.Add op) {
        return pointwise(Lanewise.ADD, op.activation());
    }

    @Override
    public KernelSpec gate(Op.Gate op) {
        return pointwise(Lanewise.GATE, Activation.NONE);
    }

    @Override
    public KernelSpec concat(Op.Concat op) {
        List<Run> runs = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < types.size(); i++) {
            int channels = operand(i).extent().channels();
            runs.add(new Run(i, 0, next, channels));
            next += channels;
        }
        return arrange(runs, 1, 1);
    }

    private KernelSpec arrange(List<Run> runs, int rows, int columns) {
        return new FloatKernel.Arrange(operands(), runs, rows, columns, value(out));
    }

    @Override
    public KernelSpec sliceChannels(Op.SliceChannels op) {
        return arrange(List.of(new Run(0, op.first(), 0, op.count())), 1, 1);
    }

    @Override
    public KernelSpec padChannels(Op.PadChannels op) {
        return arrange(List.of(new Run(0, 0, op.before(), operand(0).extent().channels())), 1, 1);
    }

    @Override
    public KernelSpec upsample(Op.Upsample op) {
        return arrange(List.of(new Run(0, 0, 0, operand(0).extent().channels())), op.rows(), op.columns());
    }

    @Override
    public KernelSpec maxPool(Op.MaxPool op) {
        return new FloatKernel.Pool(operand(0), value(out), op.window(), Optional.empty());
    }

    @Override
    public KernelSpec avgPool(Op.AvgPool op) {
        return new FloatKernel.Pool(operand(0), value(out), op.window(), Optional.of(op.counted()));
    }

    @Override
    public KernelSpec globalAvgPool(Op.GlobalAvgPool op) {
        return new FloatKernel.Mean(operand(0), value(out));
    }

    @Override
    public KernelSpec quantize(Op.Quantize op) {
        return new FloatKernel.Pixels(extent(types.get(0)), extent(out));
    }

    @Override
    public KernelSpec dequantize(Op.Dequantize op) {
        return new FloatKernel.Export(extent(types.get(0)));
    }

    @Override
    public KernelSpec extension(Op.Extension op) {
        throw new IllegalArgumentException("an operator from outside is never computed in float arithmetic");
    }

    @Override
    public KernelSpec softmax(Op.Softmax op) {
        throw new IllegalArgumentException("a softmax launches nothing");
    }

    @Override
    public KernelSpec input(Op.Input op) {
        throw new IllegalArgumentException("an input launches nothing");
    }

    @Override
    public KernelSpec output(Op.Output op) {
        throw new IllegalArgumentException("an output launches nothing");
    }

    @Override
    public KernelSpec batchNorm(Op.BatchNorm op) {
        throw new IllegalArgumentException("a laid-out graph has no batch norm");
    }

    @Override
    public KernelSpec flatten(Op.Flatten op) {
        throw new IllegalArgumentException("a laid-out graph has no flatten");
    }
}
