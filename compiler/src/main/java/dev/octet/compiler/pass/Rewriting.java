package dev.octet.compiler.pass;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The new graph that a pass builds while it walks the old one in order. A node keeps its id and, where it is not
 * replaced, its place; operands are renamed on the way in.
 */
final class Rewriting {
    private final Map<Integer, Integer> uses = new HashMap<>();
    private final Map<Integer, Integer> aliases = new HashMap<>();
    private final Map<Integer, Node> made = new LinkedHashMap<>();
    private int nextId;

    Rewriting(Graph old) {
        for (Node node : old.nodes()) {
            nextId = Math.max(nextId, node.id() + 1);
            node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
    }

    /** How many operands of the old graph are this value; {@code add(x, x)} counts twice. */
    int uses(int id) {
        return uses.getOrDefault(id, 0);
    }

    /** The new node that makes an operand of the old graph. */
    Node maker(int oldId) {
        return made.get(resolve(oldId));
    }

    /** The new nodes of all operands of an old node. */
    List<Node> operands(Node node) {
        return node.inputs().stream().map(this::maker).toList();
    }

    /** Whether the new graph makes {@code x} before {@code y}. */
    boolean isBefore(Node x, Node y) {
        for (int id : made.keySet()) {
            if (id == x.id() || id == y.id()) {
                return id == x.id();
            }
        }
        throw new IllegalArgumentException("neither %" + x.id() + " nor %" + y.id() + " is made");
    }

    /** A number that no value of either graph has. */
    int freshId() {
        return nextId++;
    }

    /** Adds a node as it is, with renamed operands. */
    void keep(Node node) {
        add(node, node.op(), resolve(node.inputs()), node.type());
    }

    /** Adds a node with another operator, operands (of the new graph) and type, but its id, name and line. */
    void add(Node node, Op op, List<Integer> inputs, TensorType type) {
        add(new Node(node.id(), node.name(), op, inputs, type, node.line()));
    }

    /** Adds a node of the new graph. */
    void add(Node node) {
        made.put(node.id(), node);
    }

    /** Removes a node of the new graph, which nothing uses any more. */
    void remove(Node node) {
        made.remove(node.id());
    }

    /** Lets every later user of an old value read a value of the new graph. */
    void alias(int oldId, int newId) {
        aliases.put(oldId, newId);
    }

    /** Ids of the new graph for ids of the old. */
    List<Integer> resolve(List<Integer> ids) {
        return ids.stream().map(this::resolve).toList();
    }

    private int resolve(int id) {
        return aliases.getOrDefault(id, id);
    }

    /** The new graph. */
    Graph graph(Stage stage) {
        return new Graph(stage, new ArrayList<>(made.values()));
    }
}
