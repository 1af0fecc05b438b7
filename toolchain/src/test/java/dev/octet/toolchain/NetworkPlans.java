package dev.octet.toolchain;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Plans of networks that pass their input on, for any targets. */
final class NetworkPlans {
    private static final Shape SHAPE = Shape.of(4);

    private NetworkPlans() {}

    /** Puts a plan into a folder of classes, which it returns. */
    static Path write(Path classes, String network, Target... targets) throws IOException {
        Path file = classes.resolve(ResourcePaths.plan(network));
        Files.createDirectories(file.getParent());
        Files.write(file, PlanText.write(plan(network, targets)));
        return classes;
    }

    private static Plan plan(String network, Target... targets) {
        TensorType plain = TensorType.f32(SHAPE);
        TensorType stored = plain.withStorage(ChannelMap.dense(4));
        List<LaunchProgram> programs = Arrays.stream(targets)
                .map(target -> new LaunchProgram(target, 1, 1, List.of(), 0, List.of()))
                .toList();
        return new Plan(
                network,
                1,
                List.of(new Port("in", SHAPE, Optional.empty())),
                List.of(new Port("out", SHAPE, Optional.empty())),
                graph(Stage.FOLDED, plain),
                graph(Stage.LAID_OUT, stored),
                programs);
    }

    private static Graph graph(Stage stage, TensorType type) {
        return new Graph(
                stage,
                List.of(
                        new Node(0, "in", new Op.Input(), List.of(), type, Optional.empty()),
                        new Node(1, "out", new Op.Output(), List.of(0), type, Optional.empty())));
    }
}
