package dev.octet.plan.text;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.internal.Cursor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints a graph: {@code graph <stage>}, one node a line, {@code end}. */
final class GraphPrinter {
    /** Most nodes of a graph in a file. */
    static final int MAX_NODES = 1 << 14;

    /** Ends a node whose operator is computed in float arithmetic. */
    static final String FP32 = " fp32";

    private final Function<Integer, Integer> number;
    private final Function<Node, String> suffix;

    private GraphPrinter(Function<Integer, Integer> number, Function<Node, String> suffix) {
        this.number = number;
        this.suffix = suffix;
    }

    /** Prints what {@link GraphParser} reads. */
    static GraphPrinter exact() {
        return new GraphPrinter(id -> id, node -> "");
    }

    /** Appends to each node where the definition made it. */
    static GraphPrinter withLines() {
        return new GraphPrinter(
                id -> id,
                node -> node.line().map(SourceLine::toString).map(l -> " @" + l).orElse(""));
    }

    /** Numbers the values from 0 in order, so that equal topologies have equal texts. */
    static GraphPrinter renumbered(Graph graph) {
        Map<Integer, Integer> numbers = new HashMap<>();
        graph.nodes().forEach(node -> numbers.put(node.id(), numbers.size()));
        return new GraphPrinter(numbers::get, node -> "");
    }

    static String stageText(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    static String ids(List<Integer> ids) {
        return ids.stream().map(id -> "%" + id).collect(Collectors.joining(","));
    }

    String print(Graph graph) {
        if (graph.nodes().size() > MAX_NODES) {
            throw new IllegalArgumentException("a graph has at most " + MAX_NODES + " nodes");
        }
        StringBuilder out = new StringBuilder("graph " + stageText(graph.stage()) + "\n");
        graph.nodes().forEach(node -> out.append(print(node)).append('\n'));
        return out.append("end\n").toString();
    }

    private String print(Node node) {
        String operands = "(" + ids(node.inputs().stream().map(number).toList()) + ")";
        return "%" + number.apply(node.id()) + " " + Cursor.requireName(node.name()) + " : "
                + TypeText.print(node.type()) + " = " + node.op().accept(new OpPrinter(operands))
                + (node.fp32() ? FP32 : "") + suffix.apply(node);
    }
}
