package dev.octet.plan.text;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the parts of a plan fit together: what its records cannot see alone. Throws {@link IllegalArgumentException}
 * if ports and graphs or steps, buffers and graph disagree, so that a device never follows a reference into nothing.
 */
final class PlanCheck {
    private PlanCheck() {}

    static void require(Plan plan) {
        require(
                plan.maxBatch() <= PlanLimits.BATCH,
                "maxBatch is at most " + PlanLimits.BATCH + ": " + plan.maxBatch());
        for (Graph graph : List.of(plan.fp32(), plan.int8())) {
            GraphCheck.require(graph);
            requirePorts(plan.inputs(), graph.nodes(Op.Input.class));
            requirePorts(plan.outputs(), graph.nodes(Op.Output.class));
        }
        plan.inputs().forEach(port -> requireKind(port, plan.int8()));
        for (Node node : plan.int8().nodes()) {
            require(node.type().storage().isPresent(), "%" + node.id() + " has no layout");
        }
        Map<Integer, Node> nodes = plan.int8().byId();
        plan.programs().forEach(program -> new ForProgram(program, nodes).require());
        requireDisjoint(plan.programs());
        requireEveryBatch(plan);
    }

    private static void requirePorts(List<Port> ports, List<Node> nodes) {
        require(ports.size() == nodes.size(), ports.size() + " ports, but " + nodes.size() + " in a graph");
        Set<String> names = new HashSet<>();
        for (Port port : ports) {
            require(names.add(port.name()), "two ports are named " + port.name());
            Node node = nodes.stream()
                    .filter(n -> n.name().equals(port.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no graph node for port " + port.name()));
            require(
                    node.type().shape().elements() == port.shape().elements(),
                    "port " + port.name() + " has shape " + port.shape() + ", its node "
                            + node.type().shape());
        }
    }

    /** An image's values are bytes, another input's floats; callers are told by the port, devices read by the node. */
    private static void requireKind(Port port, Graph int8) {
        boolean bytes = int8.nodes(Op.Input.class).stream()
                .anyMatch(node ->
                        node.name().equals(port.name()) && node.type().element().isInteger());
        require(
                bytes == port.image().isPresent(),
                "input " + port.name() + (bytes ? " has bytes, but no image format" : " is an image, but has floats"));
    }

    private static void requireDisjoint(List<LaunchProgram> programs) {
        for (LaunchProgram p : programs) {
            long overlapping = programs.stream()
                    .filter(q ->
                            q.target() == p.target() && q.minBatch() <= p.maxBatch() && p.minBatch() <= q.maxBatch())
                    .count();
            require(overlapping == 1, "two programs for " + p.target().text() + " and batch " + p.minBatch());
        }
    }

    /** Programs of a target, which do not overlap, together cover every batch. */
    private static void requireEveryBatch(Plan plan) {
        Map<Target, Integer> covered = new EnumMap<>(Target.class);
        for (LaunchProgram program : plan.programs()) {
            require(program.maxBatch() <= plan.maxBatch(), "a program goes beyond batch " + plan.maxBatch());
            covered.merge(program.target(), program.maxBatch() - program.minBatch() + 1, Integer::sum);
        }
        covered.forEach((target, batches) -> require(
                batches == plan.maxBatch(),
                "programs for " + target.text() + " cover " + batches + " batches of " + plan.maxBatch()));
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** The rules of one program. */
    private static final class ForProgram {
        private final LaunchProgram program;
        private final Map<Integer, Node> nodes;
        private final Set<Integer> buffers = new HashSet<>();

        ForProgram(LaunchProgram program, Map<Integer, Node> nodes) {
            this.program = program;
            this.nodes = nodes;
        }

        void require() {
            for (Buffer buffer : program.buffers()) {
                Node node = node(buffer.value());
                PlanCheck.require(buffers.add(node.id()), "%" + node.id() + " has two buffers");
                PlanCheck.require(
                        buffer.bytesPerImage() == node.type().bytesPerImage(),
                        "%" + node.id() + " takes " + node.type().bytesPerImage() + " bytes, not "
                                + buffer.bytesPerImage());
            }
            program.steps().forEach(this::require);
        }

        private void require(Step step) {
            step.geometry().gridX(program.maxBatch());
            Region region = step.region();
            region.ops().forEach(this::node);
            region.inputs().forEach(this::requireBuffer);
            region.outputs().forEach(this::requireBuffer);
            step.arguments().forEach(argument -> require(step, argument));
            PlanCheck.require(
                    step.tensorMaps().stream().distinct().count()
                            == step.tensorMaps().size(),
                    "a tensor map is given twice");
            step.tensorMaps().forEach(map -> requireBuffer(map.value()));
        }

        private void require(Step step, Argument argument) {
            if (argument instanceof Argument.Value value) {
                requireBuffer(value.value());
            } else if (argument instanceof Argument.Weights weights) {
                Op op = node(weights.op()).op();
                requireOwn(step, weights.op());
                PlanCheck.require(
                        op instanceof Op.Conv2d || op instanceof Op.Dense, "%" + weights.op() + " has no weights");
            } else if (argument instanceof Argument.Constants constants) {
                requireOwn(step, constants.op());
            }
        }

        private void requireOwn(Step step, int op) {
            PlanCheck.require(step.region().ops().contains(op), "%" + op + " is not of the region " + step.region());
        }

        private void requireBuffer(int value) {
            PlanCheck.require(buffers.contains(node(value).id()), "%" + value + " has no buffer");
        }

        private Node node(int id) {
            Node node = nodes.get(id);
            PlanCheck.require(node != null, "no value %" + id);
            return node;
        }
    }
}
