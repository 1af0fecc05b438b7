package dev.octet.plan.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network in static single assignment form: nodes in an order in which operands come before their users.
 *
 * @param stage how far the graph has come
 * @param nodes nodes in execution order
 */
public record Graph(Stage stage, List<Node> nodes) {
    public Graph {
        Objects.requireNonNull(stage);
        nodes = List.copyOf(nodes);
        Set<Integer> seen = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Node node : nodes) {
            for (int input : node.inputs()) {
                if (!seen.contains(input)) {
                    throw new IllegalArgumentException("%" + node.id() + " uses %" + input + " before it is made");
                }
            }
            if (!seen.add(node.id())) {
                throw new IllegalArgumentException("%" + node.id() + " is made twice");
            }
            if (!names.add(node.name())) {
                throw new IllegalArgumentException("two values are named " + node.name());
            }
        }
    }

    /** The node that makes a value. */
    public Node node(int id) {
        for (Node node : nodes) {
            if (node.id() == id) {
                return node;
            }
        }
        throw new IllegalArgumentException("no value %" + id);
    }

    /** Nodes by id. */
    public Map<Integer, Node> byId() {
        Map<Integer, Node> map = new HashMap<>();
        nodes.forEach(n -> map.put(n.id(), n));
        return map;
    }

    /** The value whose numbers a device makes for an output: its operand, or that of the softmax that the host makes. */
    public Node made(Node output) {
        Node operand = node(output.input());
        return operand.op() instanceof Op.Softmax ? node(operand.input()) : operand;
    }

    /** Nodes that use a value, in order. */
    public List<Node> users(int id) {
        return nodes.stream().filter(n -> n.inputs().contains(id)).toList();
    }

    /** Nodes with an operator of the given class, in order. */
    public List<Node> nodes(Class<? extends Op> kind) {
        return nodes.stream().filter(n -> kind.isInstance(n.op())).toList();
    }
}
