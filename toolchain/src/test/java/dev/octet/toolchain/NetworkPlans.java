package dev.octet.toolchain;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Plans of networks that quantise their input and pass it on, by one kernel, for any targets. */
final class NetworkPlans {
    private static final Shape SHAPE = Shape.of(4);
    private static final int BYTES = 16;

    private NetworkPlans() {}

    /** Puts a plan into a folder of classes, which it returns; the hash of its kernel is the same for every target. */
    static Path write(Path classes, String network, String hash, Target... targets) throws IOException {
        Path file = classes.resolve(ResourcePaths.plan(network));
        Files.createDirectories(file.getParent());
        Files.write(file, PlanText.write(plan(network, hash, targets)));
        return classes;
    }

    private static Plan plan(String network, String hash, Target... targets) {
        TensorType plain = TensorType.f32(SHAPE);
        List<LaunchProgram> programs =
                Arrays.stream(targets).map(target -> program(target, hash)).toList();
        return new Plan(
                network,
                1,
                List.of(new Port("in", SHAPE, Optional.empty())),
                List.of(new Port("out", SHAPE, Optional.empty())),
                graph(Stage.FOLDED, node(0, "in", new Op.Input(), plain), node(1, "out", new Op.Output(), plain)),
                quantized(plain.withStorage(ChannelMap.dense(4))),
                programs);
    }

    private static Graph quantized(TensorType floats) {
        TensorType bytes = TensorType.quantized(ElementType.S8, SHAPE, "in").withStorage(ChannelMap.padded(4));
        return graph(
                Stage.LAID_OUT,
                node(0, "in", new Op.Input(), floats),
                node(1, "in.q", new Op.Quantize(), bytes),
                node(2, "in.dq", new Op.Dequantize(), floats),
                node(3, "out", new Op.Output(), floats));
    }

    private static Graph graph(Stage stage, Node... chain) {
        return new Graph(stage, List.of(chain));
    }

    /** A node of a chain. */
    private static Node node(int id, String name, Op op, TensorType type) {
        return new Node(id, name, op, id == 0 ? List.of() : List.of(id - 1), type, Optional.empty());
    }

    private static LaunchProgram program(Target target, String hash) {
        Step step = new Step(
                new Region(List.of(1, 2), List.of(0), List.of(2)),
                new Step.Kernel("k", hash),
                Geometry.of(1, 1, 1, 32),
                List.of(new Argument.Value(0), new Argument.Value(2)),
                List.of(),
                Step.Workspace.NONE);
        List<Buffer> buffers = List.of(new Buffer(0, 0, BYTES), new Buffer(2, Buffer.ALIGNMENT, BYTES));
        return new LaunchProgram(target, 1, 1, buffers, 2 * Buffer.ALIGNMENT, List.of(step));
    }
}
