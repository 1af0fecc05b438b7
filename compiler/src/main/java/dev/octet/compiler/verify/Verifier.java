package dev.octet.compiler.verify;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.SourceLine;
import java.util.List;

/** Checks a graph between passes, so that a wrong pass is named before its result misleads another. */
public final class Verifier {
    private static final List<Check> CHECKS = List.of(
            new OperatorsOfStage(),
            new LayersOnce(),
            new ShapesFit(),
            new WeightShapes(),
            new ElementTypes(),
            new UnsignedProven(),
            new ScalesNamed(),
            new StorageChosen(),
            new ValuesUsed());

    private Verifier() {}

    /**
     * Checks every rule that holds at the graph's stage.
     *
     * @param pass the pass that made the graph, for the message
     * @throws CompileException naming the pass, the value and its line, if a rule is broken
     */
    public static void verify(String pass, Graph graph) {
        Scope scope = new Scope(graph);
        for (Check check : CHECKS) {
            for (Node node : graph.nodes()) {
                check.offence(scope, node).ifPresent(reason -> {
                    throw failure(pass, node, reason);
                });
            }
        }
    }

    private static CompileException failure(String pass, Node node, String reason) {
        String value = "%" + node.id() + " " + node.name();
        String where = node.line().map(SourceLine::toString).orElse("line unknown");
        return new CompileException(CompilerCode.INVALID_GRAPH, node.line(), pass, value, where, reason);
    }
}
