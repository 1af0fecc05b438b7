package dev.octet.compiler.pass;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes values that no output depends on, so that later passes count only uses that matter. Inputs stay: they are
 * ports.
 *
 * <pre>
 * %1 a      = conv2d(%0)
 * %2 b      = conv2d(%0)
 * %3 logits = output(%1)
 *     becomes
 * %1 a      = conv2d(%0)
 * %3 logits = output(%1)
 * </pre>
 */
public final class RemoveUnused implements Pass {
    @Override
    public Graph run(Graph graph) {
        List<Node> backwards = new ArrayList<>(graph.nodes());
        Collections.reverse(backwards);
        Set<Integer> needed = new HashSet<>();
        for (Node node : backwards) {
            if (node.op() instanceof Op.Output || needed.contains(node.id())) {
                needed.add(node.id());
                needed.addAll(node.inputs());
            }
        }
        return new Graph(
                graph.stage(),
                graph.nodes().stream()
                        .filter(node -> needed.contains(node.id()) || node.op() instanceof Op.Input)
                        .toList());
    }
}
