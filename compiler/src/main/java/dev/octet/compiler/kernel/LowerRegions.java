package dev.octet.compiler.kernel;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels.Run;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what a region's kernel computes.
 *
 * <pre>
 * %1 conv : u8[16,28,28] pitch 16 = conv2d(%3) window=3x3 ... of s8[1,28,28] pitch 16
 *     becomes
 * conv2d_s8_u8_28x28x1of16_28x28x16_k3x3_s1x1_p1x1
 * </pre>
 *
 * Names, weights and scales are left behind, so equal computations share a kernel.
 */
public final class LowerRegions {
    private final Map<Integer, Node> nodes;

    /** Lowers regions of one laid-out graph. */
    public LowerRegions(Graph graph) {
        this.nodes = graph.byId();
    }

    /** The specification of a region's kernel; throws {@link CompileException} if no kernel computes such a region. */
    public KernelSpec spec(Region region) {
        Node node = nodes.get(region.ops().get(0));
        if (region.ops().size() == 2) {
            Optional<PooledConv2d> pooled = pooled(node, nodes.get(region.ops().get(1)));
            return pooled.orElseThrow(() -> noKernel(region));
        } else if (region.ops().size() != 1) {
            throw noKernel(region);
        }
        List<TensorType> operands =
                node.inputs().stream().map(id -> nodes.get(id).type()).toList();
        return LowerFloats.spec(node, operands).orElseGet(() -> node.op().accept(new Lowering(operands, node.type())));
    }

    private static CompileException noKernel(Region region) {
        return new CompileException(CompilerCode.NO_KERNEL, Optional.empty(), region, "any target");
    }

    /**
     * What one kernel computes that convolves and pools; empty if no kernel does. Whether others use the convolution's result is
     * not asked.
     *
     * @param first a node
     * @param second another, which reads the first
     */
    public Optional<PooledConv2d> pooled(Node first, Node second) {
        if (!(first.op() instanceof Op.Conv2d conv)
                || !(second.op() instanceof Op.MaxPool pool)
                || !second.inputs().equals(List.of(first.id()))
                || first.fp32()
                || second.fp32()) {
            return Optional.empty();
        }
        TensorType operand = nodes.get(first.inputs().get(0)).type();
        boolean integers =
                operand.element().isInteger() && first.type().element().isInteger();
        if (!integers || conv.groups() != 1 || conv.epilogue().residual()) {
            return Optional.empty();
        }
        Extent input = extent(operand);
        Extent middle = extent(first.type());
        boolean suits = input.pitch() == KernelSpec.WORD
                && middle.pitch() % KernelSpec.VECTOR == 0
                && PooledConv2d.isSmall(conv.window(), pool.window(), middle.channels());
        return suits
                ? Optional.of(new PooledConv2d(
                        operand.element(),
                        first.type().element(),
                        input,
                        middle,
                        conv.window(),
                        extent(second.type()),
                        pool.window()))
                : Optional.empty();
    }

    private static Extent extent(TensorType type) {
        return new Extent(
                type.shape().height(),
                type.shape().width(),
                type.shape().channels(),
                type.storage().orElseThrow().pitch());
    }

    /** One method per operator. */
    private record Lowering(List<TensorType> operands, TensorType out) implements OpVisitor<KernelSpec> {
        private ElementType in() {
            return operands.get(0).element();
        }

        private Extent input() {
            return extent(operands.get(0));
        }

        private Optional<ElementType> residual(Epilogue epilogue) {
            return epilogue.residual() ? Optional.of(operands.get(1).element()) : Optional.empty();
        }

        @Override
        public KernelSpec conv2d(Op.Conv2d op) {
            Optional<ElementType> residual = residual(op.epilogue());
            if (op.groups() == 1) {
                return new KernelSpec.Conv2d(in(), out.element(), input(), extent(out), op.window(), residual);
            }
            int channels = input().channels();
            if (op.groups() == channels && channels == extent(out).channels()) {
                return new KernelSpec.Depthwise(in(), out.element(), input(), extent(out), op.window(), residual);
            }
            return new KernelSpec.Grouped(
                    in(), out.element(), input(), extent(out), op.window(), op.groups(), residual);
        }

        @Override
        public KernelSpec dense(Op.Dense op) {
            return new KernelSpec.Dense(in(), out.element(), input().elements(), extent(out), residual(op.epilogue()));
        }

        @Override
        public KernelSpec activate(Op.Activate op) {
            return op.activation().isLimit() ? rescale() : new KernelSpec.Lookup(extent(out));
        }

        private KernelSpec rescale() {
            return new KernelSpec.Rescale(in(), out.element(), extent(out).elements());
        }

        @Override
        public KernelSpec add(Op.Add op) {
            return new KernelSpec.Add(
                    in(), operands.get(1).element(), out.element(), extent(out).elements());
        }

        @Override
        public KernelSpec gate(Op.Gate op) {
            return new KernelSpec.Gate(in(), operands.get(1).element(), out.element(), extent(out));
        }

        @Override
        public KernelSpec concat(Op.Concat op) {
            List<Run> runs = new ArrayList<>();
            int to = 0;
            for (TensorType operand : operands) {
                int channels = operand.shape().channels();
                runs.add(new Run(channels, 0, to, channels));
                to += channels;
            }
            return move(runs);
        }

        private KernelSpec move(List<Run> runs) {
            return new MoveChannels(extent(out).pixels(), extent(out).channels(), runs);
        }

        @Override
        public KernelSpec sliceChannels(Op.SliceChannels op) {
            return move(List.of(new Run(input().channels(), op.first(), 0, op.count())));
        }

        @Override
        public KernelSpec padChannels(Op.PadChannels op) {
            return move(List.of(new Run(input().channels(), 0, op.before(), input().channels())));
        }

        @Override
        public KernelSpec upsample(Op.Upsample op) {
            return new KernelSpec.Upsample(input(), op.rows(), op.columns());
        }

        @Override
        public KernelSpec extension(Op.Extension op) {
            List<ExtensionSpec.Operand> inputs = operands.stream()
                    .map(type -> new ExtensionSpec.Operand(type.element(), extent(type)))
                    .toList();
            return new ExtensionSpec(op.operator(), op.attributes(), inputs, out.element(), extent(out));
        }

        @Override
        public KernelSpec avgPool(Op.AvgPool op) {
            return new KernelSpec.AvgPool(in(), out.element(), input(), extent(out), op.window(), op.counted());
        }

        @Override
        public KernelSpec requantize(Op.Requantize op) {
            return rescale();
        }

        @Override
        public KernelSpec softmax(Op.Softmax op) {
            throw new IllegalArgumentException("a softmax launches nothing");
        }

        @Override
        public KernelSpec maxPool(Op.MaxPool op) {
            return new KernelSpec.MaxPool(in(), input(), extent(out), op.window());
        }

        @Override
        public KernelSpec globalAvgPool(Op.GlobalAvgPool op) {
            return new KernelSpec.GlobalAvgPool(in(), out.element(), input());
        }

        @Override
        public KernelSpec quantize(Op.Quantize op) {
            return in() == ElementType.F32
                    ? new KernelSpec.QuantizeFloat(input(), extent(out))
                    : new KernelSpec.Quantize(input(), extent(out));
        }

        @Override
        public KernelSpec dequantize(Op.Dequantize op) {
            return new KernelSpec.Dequantize(in(), input());
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
}
