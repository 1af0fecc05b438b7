package dev.octet.compiler.verify;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import java.util.Optional;

/** Outputs end the graph, and from the folded stage on every value but an input is there because something uses it. */
final class ValuesUsed implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        if (node.op() instanceof Op.Output) {
            return Check.when(scope.isUsed(node), "an output is not an operand");
        }
        boolean idle = !scope.isUsed(node) && !(node.op() instanceof Op.Input);
        return Check.when(idle && scope.stage() != Stage.TRACED, "nothing uses it");
    }
}
