package dev.octet.tools.report;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.launch.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operators of both graphs of a network, and which of one belongs to which of the other. */
final class Layers {
    private final Map<Integer, Layer> layers = new LinkedHashMap<>();
    private final Map<Integer, Node> quantised = new HashMap<>();

    private Layers() {}

    static Layers of(ReportData data) {
        Layers layers = new Layers();
        Graph int8 = data.plan().int8();
        Map<Integer, List<Node>> fused = layers.match(data.plan().fp32(), int8);
        Map<Integer, Layer.Launch> launches = launches(data.program().steps());
        Set<Integer> inside = inside(data.program().steps());
        for (Node node : int8.nodes()) {
            LayerCost cost = LayerCost.of(int8, node)
                    .inMemory(node.inputs().stream().noneMatch(inside::contains), !inside.contains(node.id()));
            layers.layers.put(
                    node.id(),
                    new Layer(
                            node,
                            OpText.of(node.op()),
                            cost,
                            Optional.ofNullable(launches.get(node.id())),
                            fused.getOrDefault(node.id(), List.of()),
                            data.profiles().all().stream()
                                    .map(profile ->
                                            Optional.ofNullable(profile.micros().get(node.name())))
                                    .toList()));
        }
        return layers;
    }

    /** Values that a kernel of several operators makes and uses, and keeps nowhere. */
    private static Set<Integer> inside(List<Step> steps) {
        Set<Integer> inside = new HashSet<>();
        for (Step step : steps) {
            inside.addAll(step.region().ops());
            inside.removeAll(step.region().outputs());
        }
        return inside;
    }

    private static Map<Integer, Layer.Launch> launches(List<Step> steps) {
        Map<Integer, Layer.Launch> launches = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            for (int op : steps.get(i).region().ops()) {
                launches.put(op, new Layer.Launch(i + 1, steps.get(i)));
            }
        }
        return launches;
    }

    /** A fused operator has the name of the last value that it makes: earlier ones belong to what their users belong to. */
    private Map<Integer, List<Node>> match(Graph fp32, Graph int8) {
        Map<String, Node> byName = new HashMap<>();
        int8.nodes().forEach(node -> byName.put(node.name(), node));
        List<Node> nodes = new ArrayList<>(fp32.nodes());
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            Optional<Node> match = Optional.ofNullable(byName.get(node.name()));
            if (match.isEmpty()) {
                match = fp32.users(node.id()).stream()
                        .map(user -> quantised.get(user.id()))
                        .filter(found -> found != null)
                        .findFirst();
            }
            match.ifPresent(found -> quantised.put(node.id(), found));
        }
        Map<Integer, List<Node>> fused = new HashMap<>();
        for (Node node : nodes) {
            Node into = quantised.get(node.id());
            if (into != null) {
                fused.computeIfAbsent(into.id(), id -> new ArrayList<>()).add(node);
            }
        }
        return fused;
    }

    /** The quantised operators in order. */
    List<Layer> all() {
        return List.copyOf(layers.values());
    }

    /** Those that a launch computes, in order. */
    List<Layer> launched() {
        return layers.values().stream()
                .filter(layer -> layer.step().isPresent())
                .toList();
    }

    /** A quantised operator. */
    Layer of(int id) {
        return layers.get(id);
    }

    /** The quantised operator that computes a value of the float graph. */
    Optional<Node> quantised(Node fp32) {
        return Optional.ofNullable(quantised.get(fp32.id()));
    }

    /** The operators that a kernel computes. */
    List<Layer> of(Step.Kernel kernel) {
        return layers.values().stream()
                .filter(layer -> layer.kernel().filter(kernel::equals).isPresent())
                .toList();
    }
}
