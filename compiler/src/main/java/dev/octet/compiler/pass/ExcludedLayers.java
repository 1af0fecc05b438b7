package dev.octet.compiler.pass;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the operators of a fused graph that compute what a definition wants in FP32. A name may be that of a value that a
 * pass has joined with others: then the operator counts that took it up.
 *
 * <pre>
 * %1 conv1 = conv2d(%0)       wanted: conv1
 * %2 bn1   = batchNorm(%1)
 * %3 relu  = relu(%2)
 *     is in the fused graph
 * %3 relu  = conv2d(%0) layer=conv1 ...
 * </pre>
 */
public final class ExcludedLayers {
    private final Graph traced;
    private final Map<String, Node> byName;
    private final Map<Integer, Node> fused;

    private ExcludedLayers(Graph traced, Graph fused) {
        this.traced = traced;
        this.byName = traced.nodes().stream().collect(Collectors.toMap(Node::name, node -> node));
        this.fused = fused.byId();
    }

    /**
     * The operators' value names.
     *
     * @param traced the graph as the definition built it
     * @param fused what the passes up to the fusions have made of it, with the same ids
     * @param names names of values of the traced graph
     */
    public static Set<String> of(Graph traced, Graph fused, Collection<String> names) {
        ExcludedLayers layers = new ExcludedLayers(traced, fused);
        Set<String> found = new HashSet<>();
        for (String name : names) {
            Node node = layers.byName.get(name);
            if (node == null) {
                throw new IllegalArgumentException("no value " + name);
            }
            found.add(layers.home(node).name());
        }
        return found;
    }

    /** A flatten is its operand; whatever else is gone is part of its only user. */
    private Node home(Node node) {
        if (fused.containsKey(node.id())) {
            return fused.get(node.id());
        }
        if (node.op() instanceof Op.Flatten) {
            return home(traced.node(node.input()));
        }
        return home(user(node));
    }

    /** The operator that uses a value, behind any flatten. */
    private Node user(Node node) {
        List<Node> users = traced.users(node.id());
        if (users.size() != 1) {
            throw new IllegalArgumentException(node.name() + " is gone, but not into one operator: " + users);
        }
        return users.get(0).op() instanceof Op.Flatten ? user(users.get(0)) : users.get(0);
    }
}
