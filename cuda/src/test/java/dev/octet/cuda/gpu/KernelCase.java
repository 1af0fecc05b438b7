package dev.octet.cuda.gpu;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.runtime.device.NetworkImage;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One operator with random weights, scales and operands, and its results by the oracle: what a kernel must compute to
 * the bit. Operands go to the device as a network's inputs, laid out, and the result is read as a value.
 */
final class KernelCase {
    static final int IMAGES = 5;
    /** Node id of the operator; its operands are before it, an output after it. */
    private static final int OP = 32;

    private final KernelSpec spec;
    private final Graph graph;
    private final List<Port> ports;
    private final Map<String, QuantizedLayer> layers;
    private final Map<String, FloatLayer> floats;
    private final Map<Integer, Constants> constants = new TreeMap<>();
    private final List<byte[]> inputs;
    private final List<byte[]> images;
    private final byte[] expected;

    private KernelCase(KernelSpec spec, OperatorGraph operator, List<Fill> fills, SplittableRandom random) {
        this.spec = spec;
        this.graph = operator.graph();
        this.ports = operator.ports();
        this.layers = operator.layers();
        this.floats = operator.floats();
        NodeConstants all = NodeConstants.of(graph, ports, operator.ranges(), layers::get);
        graph.nodes().forEach(node -> all.of(node).ifPresent(c -> constants.put(node.id(), c)));
        List<Map<Integer, Tensor>> operands = new ArrayList<>();
        for (Fill fill : fills) {
            operands.add(operands(fill, random));
        }
        this.inputs = joined(operands, Node::type, op().op() instanceof Op.Quantize);
        this.images = joined(
                operands,
                node -> node.type()
                        .withStorage(ChannelMap.dense(node.type().shape().channels())),
                true);
        Interpreter oracle = Interpreter.ofQuantized(graph, all, layers::get, floats::get);
        this.expected = joined(
                op().type(),
                op().isLogicalOrder(),
                operands.stream().map(o -> oracle.run(region(), o).get(OP)).toList());
    }

    /** A case for a specification with values that activations can have; equal seeds make equal cases. */
    static KernelCase of(KernelSpec spec, long seed) {
        return of(spec, List.of(Fill.RANDOM, Fill.HIGHEST, Fill.LOWEST, Fill.RANDOM, Fill.ENDS), seed);
    }

    /** A case whose images are filled in the given ways; equal seeds make equal cases. */
    static KernelCase of(KernelSpec spec, List<Fill> fills, long seed) {
        if (fills.size() != IMAGES) {
            throw new IllegalArgumentException(IMAGES + " images: " + fills);
        }
        SplittableRandom random = new SplittableRandom(seed);
        KernelCase made = new KernelCase(spec, OperatorGraph.of(spec, OP, random), fills, random);
        KernelSpec lowered = new LowerRegions(made.graph).spec(made.region());
        if (!lowered.equals(spec)) {
            throw new AssertionError("the graph of " + spec + " is lowered to " + lowered);
        }
        return made;
    }

    KernelSpec spec() {
        return spec;
    }

    Node op() {
        return graph.node(OP);
    }

    /** The operator that reads the operands, and has the weights: the same, unless the kernel computes two. */
    Node first() {
        return graph.node(region().ops().get(0));
    }

    /** Whether the operator's kernel reads constants. */
    boolean hasConstants() {
        return constants.containsKey(first().id());
    }

    Region region() {
        List<Node> ops = graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Op.Input || node.op() instanceof Op.Output))
                .toList();
        return new Region(ops.stream().map(Node::id).toList(), ops.get(0).inputs(), List.of(OP));
    }

    /** The operands of all images per input port, as laid out in memory. */
    List<Buffer> inputs() {
        return buffers(inputs);
    }

    /** The operands of all images per input port, without padding lanes. */
    List<Buffer> images() {
        return buffers(images);
    }

    private List<Buffer> buffers(List<byte[]> operands) {
        List<Buffer> buffers = new ArrayList<>();
        for (Node input : graph.nodes(Op.Input.class)) {
            ByteBuffer bytes = ByteBuffer.wrap(operands.get(buffers.size())).order(ByteOrder.LITTLE_ENDIAN);
            buffers.add(input.type().element().isInteger() ? bytes : bytes.asFloatBuffer());
        }
        return buffers;
    }

    /** The oracle's result for the first n images, as laid out in memory. */
    byte[] expected(int n) {
        return Arrays.copyOf(expected, expected.length / IMAGES * n);
    }

    /** The operator as a network, with a launch program for a device that needs one. */
    NetworkImage image(List<LaunchProgram> programs, NetworkImage.Kernels kernels) {
        TensorType type = TensorType.f32(op().type().shape());
        Graph fp32 = new Graph(
                Stage.FOLDED, List.of(new Node(0, "none", new Op.Input(), List.of(), type, Optional.empty())));
        Plan plan = new Plan("test.Kernel", IMAGES, ports, List.of(), fp32, graph, programs);
        return new NetworkImage(plan, layers, floats, constants, kernels);
    }

    Graph graph() {
        return graph;
    }

    private Map<Integer, Tensor> operands(Fill fill, SplittableRandom random) {
        Map<Integer, Tensor> operands = new TreeMap<>();
        for (Node node : graph.nodes(Op.Input.class)) {
            Shape shape = node.type().shape();
            operands.put(
                    node.id(),
                    node.type().element().isInteger()
                            ? new ByteTensor(shape, fill.values(node.type().element(), shape, random))
                            : new FloatTensor(shape, floats(fill, shape, random)));
        }
        return operands;
    }

    /** What a caller passes may be no number; inside a network there are numbers only. */
    private float[] floats(Fill fill, Shape shape, SplittableRandom random) {
        return op().op() instanceof Op.Quantize ? fill.floats(shape, random) : fill.numbers(shape, random);
    }

    private List<byte[]> joined(
            List<Map<Integer, Tensor>> operands, Function<Node, TensorType> type, boolean logicalOrder) {
        return graph.nodes(Op.Input.class).stream()
                .map(node -> joined(
                        type.apply(node),
                        logicalOrder,
                        operands.stream().map(o -> o.get(node.id())).toList()))
                .toList();
    }

    /** Floats are in logical order if that is said, and like bytes pixel after pixel if not. */
    private static byte[] joined(TensorType type, boolean logicalOrder, List<Tensor> images) {
        int bytes = Math.toIntExact(type.bytesPerImage());
        ByteBuffer all = ByteBuffer.allocate(bytes * images.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < images.size(); i++) {
            ByteBuffer image = all.slice(i * bytes, bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (!(images.get(i) instanceof FloatTensor floats)) {
                int[] values = ((ByteTensor) images.get(i)).values();
                lay(type, (lane, element) -> image.put(lane, (byte) values[element]));
            } else if (logicalOrder) {
                image.asFloatBuffer().put(floats.values());
            } else {
                lay(type, (lane, element) -> image.putFloat(lane * Float.BYTES, floats.values()[element]));
            }
        }
        return all.array();
    }

    /** Pixel after pixel, each as the channel map says; padding lanes stay zero. */
    private static void lay(TensorType type, Move move) {
        int pitch = type.storage().orElseThrow().pitch();
        int pixels = type.shape().pixels();
        for (int c = 0; c < type.shape().channels(); c++) {
            int lane = type.storage().orElseThrow().lane(c);
            for (int pixel = 0; pixel < pixels; pixel++) {
                move.move(pixel * pitch + lane, c * pixels + pixel);
            }
        }
    }

    /** Puts an element, by its number in logical order, to a lane of an image. */
    @FunctionalInterface
    private interface Move {
        void move(int lane, int element);
    }

    /**
     * The parts of a case that depend on the operator.
     *
     * @param graph laid-out graph of the operator
     * @param ports its operands
     * @param layers weights of its layer, if it has one of integers
     * @param floats weights of its layer, if it has one of floats
     * @param ranges ranges of operands and result
     */
    record OperatorGraph(
            Graph graph,
            List<Port> ports,
            Map<String, QuantizedLayer> layers,
            Map<String, FloatLayer> floats,
            Ranges ranges) {
        static OperatorGraph of(KernelSpec spec, int id, SplittableRandom random) {
            return new OperatorBuilder(id, random).build(spec);
        }

        /** The format of pixels in operands of quantise operators. */
        static Optional<ImageFormat> format(Op op, TensorType operand) {
            if (!(op instanceof Op.Quantize) || !operand.element().isInteger()) {
                return Optional.empty();
            }
            return Optional.of(
                    operand.shape().channels() == 1
                            ? new ImageFormat(ImageFormat.ChannelOrder.GRAY, 1 / 255f, List.of(.28f), List.of(.35f))
                            : new ImageFormat(
                                    ImageFormat.ChannelOrder.RGB,
                                    1 / 255f,
                                    List.of(.48f, .45f, .40f),
                                    List.of(.22f, .24f, .26f)));
        }
    }
}
