package dev.octet.compiler.pass;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides the element type and the calibration key of every value, by topology alone.
 *
 * <pre>
 * %0 image : f32[1,28,28]  = input()
 * %1 conv  : f32[16,28,28] = conv2d(%0) activation=relu
 * %2 out   : f32[16,28,28] = output(%1)
 *     becomes
 * %0 image             : u8[1,28,28]               = input()
 * %3 image.quantized   : s8[1,28,28] scale image   = quantize(%0)
 * %1 conv              : u8[16,28,28] scale conv   = conv2d(%3) activation=relu
 * %4 conv.dequantized  : f32[16,28,28]             = dequantize(%1)
 * %2 out               : f32[16,28,28]             = output(%4)
 * </pre>
 *
 * An input that is no image stays {@code f32}, and its quantise reads floats. A value is unsigned if the topology proves
 * that it is never negative (see {@link Signs}). A value's key is its own traced name, save for operators that keep the
 * scale, such as a max pooling, which share their operand's, and for what a concatenation joins (see
 * {@link JoinedScales}): its operands are made in the concatenation's type and scale, or, where others use them too,
 * brought to it:
 *
 * <pre>
 * %4 joined : f32[32,28,28] = concat(%2, %3)
 *     becomes
 * %6 joined.1.requantized : u8[16,28,28] scale joined = requantize(%3)
 * %4 joined               : u8[32,28,28] scale joined = concat(%2, %6)
 * </pre>
 *
 * A softmax is left to the host and reads floats. A layer of one pixel without a residual that only outputs use writes
 * floats itself (a residual has the layout of integers, so a layer with one is dequantised like any other value).
 */
public final class AssignTypes implements Pass {
    /** Suffix of the name of an input's quantised value. */
    public static final String QUANTIZED = ".quantized";

    /** Suffix of the name of an output's float value. */
    public static final String DEQUANTIZED = ".dequantized";

    private final Set<String> floatInputs;

    /** Assigns types in a graph all of whose inputs are images. */
    public AssignTypes() {
        this(List.of());
    }

    /** Assigns types in a graph with these input ports. */
    public AssignTypes(List<Port> inputs) {
        this.floatInputs = inputs.stream()
                .filter(port -> port.image().isEmpty())
                .map(Port::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Graph run(Graph graph) {
        Typing typing = new Typing(graph, floatInputs);
        graph.nodes().forEach(typing::assign);
        return typing.to.graph(Stage.QUANTIZED);
    }

    /** Suffix of the name of an operand that is brought to the scale of what joins it. */
    static final String REQUANTIZED = ".requantized";

    /** One method per operator of the fused stage, adding the typed node. */
    private static final class Typing implements OpVisitor<Void> {
        private final Rewriting to;
        private final Signs signs;
        private final JoinedScales joined;
        private final Set<String> floatInputs;
        private final Set<Integer> usedInside = new HashSet<>();
        private final Map<Integer, Integer> dequantized = new HashMap<>();
        private Node node;

        Typing(Graph graph, Set<String> floatInputs) {
            to = new Rewriting(graph);
            signs = new Signs(graph);
            joined = new JoinedScales(graph);
            this.floatInputs = floatInputs;
            for (Node user : graph.nodes()) {
                if (!readsFloats(user.op())) {
                    usedInside.addAll(user.inputs());
                }
            }
        }

        private static boolean readsFloats(Op op) {
            return op instanceof Op.Output || op instanceof Op.Softmax;
        }

        void assign(Node next) {
            node = next;
            next.op().accept(this);
        }

        @Override
        public Void input(Op.Input op) {
            boolean floats = floatInputs.contains(node.name());
            to.add(
                    node,
                    op,
                    List.of(),
                    floats ? node.type() : TensorType.pixels(node.type().shape()));
            int id = to.freshId();
            TensorType type = TensorType.quantized(ElementType.S8, node.type().shape(), node.name());
            to.add(new Node(id, node.name() + QUANTIZED, new Op.Quantize(), List.of(node.id()), type, node.line()));
            to.alias(node.id(), id);
            return null;
        }

        @Override
        public Void conv2d(Op.Conv2d op) {
            return layer(op.epilogue());
        }

        @Override
        public Void dense(Op.Dense op) {
            return layer(op.epilogue());
        }

        private Void layer(Epilogue epilogue) {
            boolean writesFloat =
                    node.type().shape().pixels() == 1 && !epilogue.residual() && !usedInside.contains(node.id());
            return writesFloat ? keep(node.type()) : rounded();
        }

        @Override
        public Void add(Op.Add op) {
            return rounded();
        }

        @Override
        public Void activate(Op.Activate op) {
            return rounded();
        }

        @Override
        public Void gate(Op.Gate op) {
            return rounded();
        }

        @Override
        public Void extension(Op.Extension op) {
            return rounded();
        }

        @Override
        public Void avgPool(Op.AvgPool op) {
            return rounded();
        }

        @Override
        public Void globalAvgPool(Op.GlobalAvgPool op) {
            return rounded();
        }

        /** A value that is rounded to a scale: its own, or that of what joins it. */
        private Void rounded() {
            return keep(scaled(node, joined.joinedBy(node.id()).orElse(node)));
        }

        /** The type of a value in the scale, and with the sign, of a value. */
        private TensorType scaled(Node value, Node by) {
            ElementType element = signs.isNonNegative(by.id()) ? ElementType.U8 : ElementType.S8;
            return TensorType.quantized(element, value.type().shape(), by.name());
        }

        @Override
        public Void concat(Op.Concat op) {
            List<Integer> operands = new ArrayList<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                int input = node.inputs().get(i);
                boolean same = joined.joinedBy(input).filter(node::equals).isPresent();
                operands.add(same ? to.maker(input).id() : requantize(to.maker(input), i));
            }
            to.add(node, op, operands, scaled(node, node));
            return null;
        }

        private int requantize(Node value, int operand) {
            int id = to.freshId();
            String name = node.name() + "." + operand + REQUANTIZED;
            to.add(new Node(id, name, new Op.Requantize(), List.of(value.id()), scaled(value, node), node.line()));
            return id;
        }

        @Override
        public Void maxPool(Op.MaxPool op) {
            return keepScale();
        }

        @Override
        public Void sliceChannels(Op.SliceChannels op) {
            return keepScale();
        }

        @Override
        public Void padChannels(Op.PadChannels op) {
            return keepScale();
        }

        @Override
        public Void upsample(Op.Upsample op) {
            return keepScale();
        }

        private Void keepScale() {
            TensorType operand = to.maker(node.input()).type();
            return keep(new TensorType(operand.element(), node.type().shape(), operand.scale(), Optional.empty()));
        }

        @Override
        public Void softmax(Op.Softmax op) {
            if (usedInside.contains(node.id())) {
                throw new CompileException(CompilerCode.SOFTMAX_NOT_LAST, node.line(), node.name());
            }
            to.add(node, op, List.of(asFloat(to.maker(node.input()))), node.type());
            return null;
        }

        private Void keep(TensorType type) {
            to.add(node, node.op(), to.resolve(node.inputs()), type);
            return null;
        }

        @Override
        public Void output(Op.Output op) {
            to.add(node, op, List.of(asFloat(to.maker(node.input()))), node.type());
            return null;
        }

        private int asFloat(Node value) {
            return value.type().element().isInteger()
                    ? dequantized.computeIfAbsent(value.id(), id -> dequantize(value))
                    : value.id();
        }

        private int dequantize(Node value) {
            int id = to.freshId();
            TensorType type = TensorType.f32(value.type().shape());
            to.add(new Node(
                    id, value.name() + DEQUANTIZED, new Op.Dequantize(), List.of(value.id()), type, value.line()));
            return id;
        }

        @Override
        public Void batchNorm(Op.BatchNorm op) {
            throw new IllegalArgumentException(node.name() + " is not folded");
        }

        @Override
        public Void flatten(Op.Flatten op) {
            throw new IllegalArgumentException(node.name() + " is not removed");
        }

        @Override
        public Void requantize(Op.Requantize op) {
            throw new IllegalArgumentException(node.name() + " is quantised already");
        }

        @Override
        public Void quantize(Op.Quantize op) {
            throw new IllegalArgumentException(node.name() + " is quantised already");
        }

        @Override
        public Void dequantize(Op.Dequantize op) {
            throw new IllegalArgumentException(node.name() + " is quantised already");
        }
    }
}
