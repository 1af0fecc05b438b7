package dev.octet.plan;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small network with every operator that a plan may hold: conv, conv + residual, pool, rescale, mean, dense. */
public final class SamplePlans {
    /** Convolution that keeps height and width. */
    public static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);

    private static final Window HALF = new Window(2, 2, 2, 2, 0, 0, 0, 0);
    private static final Shape IMAGE = Shape.of(1, 4, 6);
    private static final Shape WIDE = Shape.of(20, 4, 6);
    private static final Shape POOLED = Shape.of(20, 2, 3);
    private static final Shape MEAN = Shape.of(20, 1, 1);
    private static final Shape LOGITS = Shape.of(10);
    private static final ImageFormat GRAY =
            new ImageFormat(ImageFormat.ChannelOrder.GRAY, 1 / 255f, List.of(.2860f), List.of(.3530f));

    private SamplePlans() {}

    /** The whole plan. */
    public static Plan plan() {
        return new Plan(
                "dev.octet.plan.Sample$Inner",
                8,
                List.of(new Port("image", IMAGE, Optional.of(GRAY))),
                List.of(new Port("logits", LOGITS, Optional.empty())),
                fp32(),
                int8(),
                List.of(program(1, 4), program(5, 8)));
    }

    /** The float graph. */
    public static Graph fp32() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(node(0, "image", new Op.Input(), IMAGE));
        nodes.add(node(1, "bn", conv("conv", 1, "bn", Epilogue.PLAIN), WIDE, 0));
        nodes.add(node(2, "relu", new Op.Activate(Activation.RELU), WIDE, 1));
        nodes.add(node(3, "b.bn", conv("b.conv", 20, "b.bn", Epilogue.PLAIN), WIDE, 2));
        nodes.add(node(4, "b.add", new Op.Add(Activation.NONE), WIDE, 3, 2));
        nodes.add(node(5, "b.sum", new Op.Add(Activation.RELU), WIDE, 4, 2));
        nodes.add(node(6, "pool", new Op.MaxPool(HALF), POOLED, 5));
        nodes.add(node(7, "mean", new Op.GlobalAvgPool(), MEAN, 6));
        nodes.add(node(8, "fc", dense(), LOGITS, 7));
        nodes.add(node(9, "logits", new Op.Output(), LOGITS, 8));
        return new Graph(Stage.FOLDED, nodes);
    }

    /** The quantised graph, laid out. */
    public static Graph int8() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(node(0, "image", new Op.Input(), TensorType.pixels(IMAGE).withStorage(ChannelMap.dense(1))));
        nodes.add(node(10, "image.s8", new Op.Quantize(), integer(ElementType.S8, IMAGE, "image"), 0));
        nodes.add(node(
                2,
                "relu",
                conv("conv", 1, "bn", new Epilogue(false, Activation.RELU)),
                integer(ElementType.U8, WIDE, "relu"),
                10));
        nodes.add(node(
                4,
                "b.add",
                conv("b.conv", 20, "b.bn", new Epilogue(true, Activation.NONE)),
                integer(ElementType.S8, WIDE, "b.add"),
                2,
                2));
        nodes.add(node(5, "b.sum", new Op.Add(Activation.RELU), integer(ElementType.U8, WIDE, "b.sum"), 4, 2));
        nodes.add(node(6, "pool", new Op.MaxPool(HALF), integer(ElementType.U8, POOLED, "b.sum"), 5));
        nodes.add(node(
                11, "pool.relu", new Op.Activate(Activation.RELU), integer(ElementType.U8, POOLED, "pool.relu"), 6));
        nodes.add(node(7, "mean", new Op.GlobalAvgPool(), integer(ElementType.U8, MEAN, "mean"), 11));
        nodes.add(node(8, "fc", dense(), integer(ElementType.S8, LOGITS, "fc"), 7));
        nodes.add(node(12, "fc.f32", new Op.Dequantize(), floats(LOGITS), 8));
        nodes.add(node(9, "logits", new Op.Output(), floats(LOGITS), 12));
        return new Graph(Stage.LAID_OUT, nodes);
    }

    /** A convolution with a folded batch normalisation. */
    public static Op conv(String layer, int in, String norm, Epilogue epilogue) {
        Constant.Norm folded = new Constant.Norm(norm, 20, 1e-5f);
        Constant weight = new Constant.Tensor(layer + ".weight", List.of(20, in, 3, 3));
        return new Op.Conv2d(
                layer,
                new Constant.ScaledRows(weight, folded),
                Optional.of(new Constant.ShiftedBias(Optional.empty(), folded)),
                SAME,
                1,
                epilogue);
    }

    private static Op dense() {
        return new Op.Dense(
                "fc",
                new Constant.Tensor("fc.weight", List.of(10, 20)),
                Optional.of(new Constant.Tensor("fc.bias", List.of(10))),
                Epilogue.PLAIN);
    }

    private static TensorType integer(ElementType element, Shape shape, String scale) {
        return TensorType.quantized(element, shape, scale).withStorage(ChannelMap.padded(shape.channels()));
    }

    private static TensorType floats(Shape shape) {
        return TensorType.f32(shape).withStorage(ChannelMap.dense(shape.channels()));
    }

    private static Node node(int id, String name, Op op, Shape shape, Integer... inputs) {
        return node(id, name, op, TensorType.f32(shape), inputs);
    }

    private static Node node(int id, String name, Op op, TensorType type, Integer... inputs) {
        return new Node(id, name, op, List.of(inputs), type, Optional.empty());
    }

    /** The same graph with a source line at every node. */
    public static Graph withLines(Graph graph) {
        return new Graph(
                graph.stage(),
                graph.nodes().stream()
                        .map(n -> new Node(
                                n.id(),
                                n.name(),
                                n.op(),
                                n.inputs(),
                                n.type(),
                                Optional.of(new SourceLine("com.acme.Net", "Net.java", 10 + n.id()))))
                        .toList());
    }

    private static LaunchProgram program(int minBatch, int maxBatch) {
        Graph graph = int8();
        List<Buffer> buffers = new ArrayList<>();
        long offset = 0;
        for (Node node : graph.nodes()) {
            long bytes = node.type().bytesPerImage();
            buffers.add(new Buffer(node.id(), offset, bytes));
            offset += (bytes + Buffer.ALIGNMENT - 1) / Buffer.ALIGNMENT * Buffer.ALIGNMENT;
        }
        List<Step> steps = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Op.Input || node.op() instanceof Op.Output)) {
                steps.add(step(node));
            }
        }
        return new LaunchProgram(Target.SM_61, minBatch, maxBatch, buffers, offset, steps);
    }

    private static Step step(Node node) {
        List<Argument> arguments = new ArrayList<>();
        node.inputs().forEach(i -> arguments.add(new Argument.Value(i)));
        arguments.add(new Argument.Value(node.id()));
        if (node.op() instanceof Op.Conv2d) {
            arguments.add(new Argument.Weights(node.id(), new PackSpec.Dp4aTiles(32, 16)));
        } else if (node.op() instanceof Op.Dense) {
            arguments.add(new Argument.Weights(node.id(), new PackSpec.Rows()));
        }
        arguments.add(new Argument.Constants(node.id()));
        boolean first = node.op() instanceof Op.Quantize;
        return new Step(
                new Region(List.of(node.id()), node.inputs().stream().distinct().toList(), List.of(node.id())),
                new Step.Kernel("kernel_" + node.id(), String.format("%032x", node.id())),
                first ? new Geometry(24, 64, 2, 128, 4096, 2, true, 3) : Geometry.of(24, 64, 1, 64),
                arguments,
                first ? List.of(new Step.TensorMap(0, List.of(16, 6, 4, 1), 64)) : List.of(),
                first ? new Step.Workspace(1024, true) : Step.Workspace.NONE);
    }
}
