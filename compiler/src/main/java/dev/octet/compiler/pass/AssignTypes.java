package dev.octet.compiler.pass;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ChannelMap;
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
 *
 * <p>Operators that are to stay in FP32 are marked. They read integers as they are, or floats where there are some. Their
 * result is an integer if all its users want one, else floats, beside which a rounded copy stands for the users that are
 * not marked:
 *
 * <pre>
 * %5 conv2 : f32[16,28,28] = conv2d(%1)     conv2 is to stay in FP32, the two operators that use it are of either kind
 *     becomes
 * %5 conv2           : f32[16,28,28]             = conv2d(%1) fp32
 * %9 conv2.quantized : s8[16,28,28] scale conv2  = requantize(%5)
 * </pre>
 *
 * <p>Pixels become floats for the marked ones of an input's users:
 *
 * <pre>
 * %8 image.normalized : f32[1,28,28] = quantize(%0)
 * </pre>
 *
 * An input of floats is rounded for all its users, marked or not.
 */
public final class AssignTypes implements Pass {
    /** Suffix of the name of a rounded value beside the one that it is made of. */
    public static final String QUANTIZED = ".quantized";

    /** Suffix of the name of an output's float value. */
    public static final String DEQUANTIZED = ".dequantized";

    /** Suffix of the name of an input's float value. */
    public static final String NORMALIZED = ".normalized";

    /** Suffix of the name of an operand that is brought to the scale of what joins it. */
    static final String REQUANTIZED = ".requantized";

    /** Suffixes that no name of a definition may have. */
    static final List<String> SUFFIXES = List.of(QUANTIZED, DEQUANTIZED, REQUANTIZED, NORMALIZED);

    private final Set<String> fp32;
    private final Set<String> floatInputs;

    /** Assigns types of a network that is all in INT8 and whose inputs are images. */
    public AssignTypes() {
        this(Set.of(), List.of());
    }

    /**
     * Assigns types.
     *
     * @param fp32 names of the values that are computed in float arithmetic
     * @param inputs the input ports, which say what is an image
     */
    public AssignTypes(Set<String> fp32, List<Port> inputs) {
        this.fp32 = Set.copyOf(fp32);
        this.floatInputs = inputs.stream()
                .filter(port -> port.image().isEmpty())
                .map(Port::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Graph run(Graph graph) {
        Typing typing = new Typing(graph, fp32, floatInputs);
        graph.nodes().forEach(typing::assign);
        return typing.to.graph(Stage.QUANTIZED);
    }

    /** One method per operator of the fused stage, adding the typed node. */
    private static final class Typing implements OpVisitor<Void> {
        private final Rewriting to;
        private final Set<String> fp32;
        private final Set<String> floatInputs;
        private final Signs signs;
        private final JoinedScales joined;
        private final Demand demand;
        private final Map<Integer, Node> integers = new HashMap<>();
        private final Map<Integer, Node> floats = new HashMap<>();
        private final Map<Integer, Integer> dequantized = new HashMap<>();
        private Node node;

        Typing(Graph graph, Set<String> fp32, Set<String> floatInputs) {
            this.to = new Rewriting(graph);
            this.fp32 = fp32;
            this.floatInputs = floatInputs;
            this.signs = new Signs(graph);
            this.joined = new JoinedScales(graph, fp32);
            this.demand = new Demand(graph, fp32, joined);
        }

        private boolean isMarked() {
            return fp32.contains(node.name());
        }

        void assign(Node next) {
            node = next;
            next.op().accept(this);
        }

        /** Adds a node of the new graph that stands for the current one. */
        private void make(Node made) {
            to.add(made);
            (made.type().element().isInteger() ? integers : floats).put(node.id(), made);
        }

        private void makeBeside(String suffix, Op op, int operand, TensorType type) {
            int id = to.freshId();
            make(new Node(id, node.name() + suffix, op, List.of(operand), type, node.line()));
        }

        /** Adds the current node, marked or not. */
        private Void make(List<Integer> operands, TensorType type) {
            make(new Node(node.id(), node.name(), node.op(), operands, type, node.line(), isMarked()));
            return null;
        }

        @Override
        public Void input(Op.Input op) {
            boolean floatPort = floatInputs.contains(node.name());
            TensorType raw =
                    floatPort ? node.type() : TensorType.pixels(node.type().shape());
            to.add(node, op, List.of(), raw);
            boolean real =
                    !floatPort && (demand.wantsFloats(node.id()) || isMarked() && !demand.wantsIntegers(node.id()));
            if (real) {
                makeBeside(NORMALIZED, new Op.Quantize(), node.id(), node.type());
            }
            if (!real || demand.wantsIntegers(node.id())) {
                TensorType type =
                        TensorType.quantized(ElementType.S8, node.type().shape(), node.name());
                makeBeside(QUANTIZED, new Op.Quantize(), node.id(), type);
            }
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
            boolean writesFloat = !isMarked()
                    && node.type().shape().pixels() == 1
                    && !epilogue.residual()
                    && !demand.isUsedInside(node.id());
            return writesFloat ? make(ids(integers), node.type()) : computed();
        }

        @Override
        public Void add(Op.Add op) {
            return computed();
        }

        @Override
        public Void activate(Op.Activate op) {
            return computed();
        }

        @Override
        public Void gate(Op.Gate op) {
            return computed();
        }

        @Override
        public Void extension(Op.Extension op) {
            if (isMarked()) {
                throw new CompileException(CompilerCode.EXTENSION_IN_FP32, node.line(), node.name(), op.operator());
            }
            return computed();
        }

        @Override
        public Void avgPool(Op.AvgPool op) {
            return computed();
        }

        @Override
        public Void globalAvgPool(Op.GlobalAvgPool op) {
            return computed();
        }

        /** A value that is rounded to a scale, its own or that of what joins it, or that stays a float. */
        private Void computed() {
            return isMarked() ? inFloat() : make(ids(integers), rounded());
        }

        private TensorType rounded() {
            return scaled(node, joined.joinedBy(node.id()).orElse(node));
        }

        private Void inFloat() {
            List<Integer> operands = ids(floats);
            if (!demand.wantsIntegers(node.id())) {
                return make(operands, node.type());
            }
            if (!demand.wantsFloats(node.id()) && !demand.leaves(node.id())) {
                return make(operands, rounded());
            }
            make(operands, node.type());
            makeBeside(QUANTIZED, new Op.Requantize(), node.id(), rounded());
            return null;
        }

        /** Ids of the operands, from {@code preferred} where they are there. */
        private List<Integer> ids(Map<Integer, Node> preferred) {
            return node.inputs().stream()
                    .map(input -> operand(input, preferred).id())
                    .toList();
        }

        private Node operand(int input, Map<Integer, Node> preferred) {
            Node found = preferred.get(input);
            return found != null ? found : preferred == integers ? floats.get(input) : integers.get(input);
        }

        /** The type of a value in the scale, and with the sign, of a value. */
        private TensorType scaled(Node value, Node by) {
            ElementType element = signs.isNonNegative(by.id()) ? ElementType.U8 : ElementType.S8;
            return TensorType.quantized(element, value.type().shape(), by.name());
        }

        @Override
        public Void concat(Op.Concat op) {
            if (isMarked()) {
                return inFloat();
            }
            List<Integer> operands = new ArrayList<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                int input = node.inputs().get(i);
                boolean same = joined.joinedBy(input).filter(node::equals).isPresent();
                operands.add(same ? integers.get(input).id() : requantize(operand(input, floats), i));
            }
            return make(operands, scaled(node, node));
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
            if (isMarked()) {
                return inFloat();
            }
            TensorType operand = integers.get(node.input()).type();
            return make(
                    ids(integers),
                    new TensorType(operand.element(), node.type().shape(), operand.scale(), Optional.empty()));
        }

        @Override
        public Void softmax(Op.Softmax op) {
            if (demand.isUsedInside(node.id())) {
                throw new CompileException(CompilerCode.SOFTMAX_NOT_LAST, node.line(), node.name());
            }
            Node made = new Node(
                    node.id(), node.name(), op, List.of(inLogicalOrder(node.input())), node.type(), node.line());
            make(made);
            return null;
        }

        @Override
        public Void output(Op.Output op) {
            to.add(node, op, List.of(inLogicalOrder(node.input())), node.type());
            return null;
        }

        /** Floats as a caller reads them; those of one pixel without padding are in that order already. */
        private int inLogicalOrder(int input) {
            Node value = operand(input, floats);
            TensorType type = value.type();
            boolean whole = type.shape().channels() % ChannelMap.FLOAT_ALIGNMENT == 0;
            boolean inOrder = !type.element().isInteger()
                    && (value.isLogicalOrder() || type.shape().pixels() == 1 && whole);
            return inOrder ? value.id() : dequantized.computeIfAbsent(value.id(), id -> dequantize(value));
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
