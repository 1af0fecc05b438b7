package dev.octet.compiler.verify;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.Optional;

/** Outputs end the graph, and every other value is there because something uses it. */
final class ValuesUsed implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        if (node.op() instanceof Op.Output) {
            return Check.when(scope.isUsed(node), "an output is not an operand");
        }
        return Check.when(!scope.isUsed(node), "nothing uses it");
    }
}
