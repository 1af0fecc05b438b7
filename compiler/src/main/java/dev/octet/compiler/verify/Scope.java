package dev.octet.compiler.verify;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The graph around a node that is checked. */
final class Scope {
    private final Stage stage;
    private final Map<Integer, Node> byId;
    private final Map<Integer, List<Node>> users = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();
    private final Set<Integer> usedInside = new HashSet<>();
    private final Map<String, Integer> layers = new HashMap<>();

    Scope(Graph graph) {
        stage = graph.stage();
        byId = graph.byId();
        for (Node node : graph.nodes()) {
            used.addAll(node.inputs());
            node.inputs()
                    .forEach(input -> users.computeIfAbsent(input, id -> new ArrayList<>())
                            .add(node));
            if (!node.isHosts()) {
                usedInside.addAll(node.inputs());
            }
            node.layer().ifPresent(layer -> layers.merge(layer, 1, Integer::sum));
        }
    }

    Stage stage() {
        return stage;
    }

    /** Whether values are quantised at this stage. */
    boolean isQuantized() {
        return stage.compareTo(Stage.QUANTIZED) >= 0;
    }

    List<Node> operands(Node node) {
        return node.inputs().stream().map(byId::get).toList();
    }

    TensorType operandType(Node node) {
        return byId.get(node.input()).type();
    }

    boolean isUsed(Node node) {
        return used.contains(node.id());
    }

    List<Node> users(Node node) {
        return users.getOrDefault(node.id(), List.of());
    }

    /** Whether an operator uses the value on the device: all but outputs and softmax. */
    boolean isUsedInside(Node node) {
        return usedInside.contains(node.id());
    }

    /** Whether a value reaches the concatenation of that name through operators that keep its scale. */
    boolean isJoinedBy(Node node, String concat) {
        return users(node).stream()
                .anyMatch(user -> user.op() instanceof Op.Concat && !user.fp32()
                        ? user.name().equals(concat)
                        : !user.fp32() && user.op().keepsScale() && isJoinedBy(user, concat));
    }

    int layersNamed(String name) {
        return layers.get(name);
    }
}
