package dev.octet.tools.accuracy;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.tools.Images;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * A network with chosen layers in FP32, compiled and run in this process.
 *
 * @param definition compiles it
 * @param parts weights and ranges
 * @param device the CPU
 */
record Mixed(Definition definition, BuiltParts parts, CpuDevice device) {
    /** Layers with weights that the plan has in INT8, in order: name of the layer to name of the value that it makes. */
    Map<String, String> layers() {
        Map<String, String> layers = new LinkedHashMap<>();
        for (Node node : definition.plan().int8().nodes()) {
            if (!node.fp32()) {
                node.layer().ifPresent(layer -> layers.put(layer, node.name()));
            }
        }
        return layers;
    }

    /** Names of everything that the plan computes and that can stay in FP32. */
    private Set<String> operators() {
        Set<String> traced = definition.trace().names();
        Set<String> names = new TreeSet<>();
        for (Node node : definition.plan().int8().nodes()) {
            boolean computes = !(node.op() instanceof Op.Input || node.isHosts());
            if (computes && traced.contains(node.name())) {
                names.add(node.name());
            }
        }
        return names;
    }

    /** Scores with one layer in INT8 and all else in FP32. */
    Scores alone(String value, Images images) {
        Set<String> others = operators();
        others.remove(value);
        return scores(definition.compile(others), images, done -> {});
    }

    /** Scores with these values, and those that the plan has already, in FP32. */
    Scores with(Set<String> values, Images images, IntConsumer progress) {
        return scores(definition.compile(values), images, progress);
    }

    /** Scores of the float network. */
    Scores floats(Images images) {
        Plan plan = definition.plan();
        try (CpuModel model = CpuModel.floats(device, plan, parts.floats(plan), false)) {
            return model.scores(images, done -> {});
        }
    }

    private Scores scores(Plan plan, Images images, IntConsumer progress) {
        WeightsFile weights = parts.weights(plan);
        try (CpuModel model = CpuModel.integers(device, plan, weights, parts.table(), false)) {
            return model.scores(images, progress);
        }
    }

    /**
     * Values with the operators without weights between them: a pooling in INT8 between two layers in FP32 would round what
     * they pass to each other.
     */
    Set<String> closed(Set<String> values) {
        Graph graph = definition.plan().int8();
        Map<Integer, Node> nodes = graph.byId();
        Set<String> operators = operators();
        Set<String> closed = new HashSet<>(values);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Node node : graph.nodes()) {
                boolean between = operators.contains(node.name())
                        && node.layer().isEmpty()
                        && node.inputs().stream().allMatch(id -> isIn(nodes.get(id), closed))
                        && all(graph.users(node.id()), closed);
                grown |= between && closed.add(node.name());
            }
        }
        return closed;
    }

    private static boolean all(List<Node> nodes, Set<String> values) {
        return !nodes.isEmpty() && nodes.stream().allMatch(node -> isIn(node, values));
    }

    private static boolean isIn(Node node, Set<String> values) {
        return node.fp32() || values.contains(node.name());
    }
}
