package dev.octet.plan.text;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.internal.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses what {@link GraphPrinter} prints. */
final class GraphParser {
    private GraphParser() {}

    static Graph parse(Cursor in) {
        in.expect("graph ");
        Stage stage = in.oneOf(Stage.values(), GraphPrinter::stageText);
        in.endLine();
        List<Node> nodes = new ArrayList<>();
        while (!in.accept("end")) {
            if (nodes.size() == GraphPrinter.MAX_NODES) {
                throw new IllegalArgumentException("a graph has at most " + GraphPrinter.MAX_NODES + " nodes");
            }
            nodes.add(parseNode(in));
            in.endLine();
        }
        Graph graph = new Graph(stage, nodes);
        in.endLine();
        return graph;
    }

    static int parseId(Cursor in) {
        in.expect("%");
        return in.integer(0, Integer.MAX_VALUE);
    }

    private static Node parseNode(Cursor in) {
        int id = parseId(in);
        in.expect(" ");
        String name = in.name();
        in.expect(" : ");
        TensorType type = TypeText.parse(in);
        in.expect(" = ");
        OpParser parser = new OpParser(in);
        Op op = parser.op();
        boolean fp32 = in.accept(GraphPrinter.FP32);
        return new Node(id, name, op, parser.operands(), type, Optional.empty(), fp32);
    }
}
