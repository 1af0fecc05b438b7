package dev.octet.compiler.pass;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which values are made with the type and scale of a concatenation, so that joining them only moves bytes.
 *
 * <p>Such a value is an operand that nothing else uses and whose maker rounds anyway, or reaches the concatenation through
 * operators that keep the scale and that nothing else uses. All other operands are requantised before they are joined.
 */
final class JoinedScales {
    private final Set<String> fp32;
    private final Map<Integer, Node> nodes;
    private final Map<Integer, Integer> uses = new HashMap<>();
    private final Map<Integer, Node> joinedBy = new HashMap<>();

    /**
     * Finds them.
     *
     * @param fp32 names of the values that are made in float arithmetic: each can be rounded to any scale
     */
    JoinedScales(Graph graph, Set<String> fp32) {
        this.fp32 = fp32;
        nodes = graph.byId();
        graph.nodes().forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        for (Node concat : graph.nodes(Op.Concat.class)) {
            if (fp32.contains(concat.name())) {
                continue;
            }
            concat.inputs().forEach(operand -> join(operand, concat));
        }
    }

    /** The concatenation whose type and scale a value takes. */
    Optional<Node> joinedBy(int id) {
        return Optional.ofNullable(joinedBy.get(id));
    }

    private boolean join(int id, Node concat) {
        Node node = nodes.get(id);
        boolean joins = uses.get(id) == 1 && (rounds(node) || node.op().keepsScale() && join(node.input(), concat));
        if (joins) {
            joinedBy.put(id, concat);
        }
        return joins;
    }

    /** Whether an operator rounds its result to a scale of its own. */
    private boolean rounds(Node node) {
        Op op = node.op();
        return fp32.contains(node.name()) && !(op instanceof Op.Input)
                || op instanceof Op.Conv2d
                || op instanceof Op.Dense
                || op instanceof Op.Add
                || op instanceof Op.Activate
                || op instanceof Op.Gate
                || op instanceof Op.Extension
                || op instanceof Op.AvgPool
                || op instanceof Op.GlobalAvgPool;
    }
}
