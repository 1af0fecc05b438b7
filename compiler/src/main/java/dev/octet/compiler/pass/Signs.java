package dev.octet.compiler.pass;

import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which values of a float graph are never negative, by topology alone: results of functions that are not, and what poolings,
 * sums, products and rearrangements make of such.
 */
final class Signs {
    private final Set<Integer> nonNegative = new HashSet<>();

    Signs(Graph graph) {
        for (Node node : graph.nodes()) {
            if (isProven(node)) {
                nonNegative.add(node.id());
            }
        }
    }

    /** Whether a value is never negative. */
    boolean isNonNegative(int id) {
        return nonNegative.contains(id);
    }

    private boolean isProven(Node node) {
        if (node.op() instanceof Op.Extension op) {
            List<Boolean> operands =
                    node.inputs().stream().map(nonNegative::contains).toList();
            return OperatorExtensions.find(op.operator()).isNonNegative(operands, op.attributes());
        }
        return node.op().activation().isNonNegative() || keepsSign(node.op()) && nonNegative.containsAll(node.inputs());
    }

    private static boolean keepsSign(Op op) {
        return op.keepsScale()
                || op instanceof Op.Add
                || op instanceof Op.Gate
                || op instanceof Op.Concat
                || op instanceof Op.AvgPool
                || op instanceof Op.GlobalAvgPool;
    }
}
