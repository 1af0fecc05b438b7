package dev.octet.tools.report;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.tools.report.html.Html;
import dev.octet.tools.report.layout.Drawing;
import dev.octet.tools.report.layout.Edge;
import dev.octet.tools.report.layout.LayeredLayout;
import dev.octet.tools.report.layout.Metrics;
import dev.octet.tools.report.layout.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws a graph as SVG whose nodes are buttons. */
final class GraphPicture {
    private static final Metrics METRICS = new Metrics(208, 62, 20, 30);
    private static final int NAME = 27;
    private static final int OPERATOR = 34;

    private final Graph graph;
    private final Function<Node, String> target;
    private final Drawing drawing;

    /**
     * Lays a graph out.
     *
     * @param target the place in the page that tells more of a node
     */
    GraphPicture(Graph graph, Function<Node, String> target) {
        this.graph = graph;
        this.target = target;
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Edge> edges = new ArrayList<>();
        for (Node node : graph.nodes()) {
            int number = numbers.size();
            numbers.put(node.id(), number);
            node.inputs().stream().distinct().forEach(input -> edges.add(new Edge(numbers.get(input), number)));
        }
        this.drawing = LayeredLayout.of(numbers.size(), edges, METRICS);
    }

    void write(Html html, String label) {
        String width = String.valueOf(drawing.width());
        String height = String.valueOf(drawing.height());
        html.open(
                "svg",
                "class",
                "graph",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                width,
                "height",
                height,
                "style",
                "--width:" + width + "px",
                "role",
                "group",
                "aria-label",
                label);
        String edges = drawing.routes().stream().map(GraphPicture::path).collect(Collectors.joining());
        html.empty("path", "class", "edge", "d", edges);
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            writeNode(html, nodes.get(i), drawing.nodes().get(i), i == 0);
        }
        html.closeLine();
    }

    /** A curve between layers, a line through them. */
    private static String path(List<Point> route) {
        StringBuilder path = new StringBuilder("M" + at(route.get(0)));
        for (int i = 1; i < route.size(); i++) {
            Point from = route.get(i - 1);
            Point to = route.get(i);
            if (i % 2 == 0 || from.x() == to.x()) {
                path.append('L').append(at(to));
            } else {
                int middle = (from.y() + to.y()) / 2;
                path.append('C')
                        .append(at(new Point(from.x(), middle)))
                        .append(' ')
                        .append(at(new Point(to.x(), middle)))
                        .append(' ')
                        .append(at(to));
            }
        }
        return path.toString();
    }

    private static String at(Point point) {
        return point.x() + " " + point.y();
    }

    private void writeNode(Html html, Node node, Point middle, boolean first) {
        OpText op = OpText.of(node.op());
        String type = Types.brief(node.type());
        int x = middle.x() - METRICS.nodeWidth() / 2;
        int y = middle.y() - METRICS.nodeHeight() / 2;
        html.open(
                "g",
                "class",
                "node " + op.family().style() + (node.fp32() ? " floats" : ""),
                "data-to",
                target.apply(node),
                "role",
                "button",
                "tabindex",
                first ? "0" : "-1",
                "aria-label",
                node.name() + ", " + op.text() + ", " + type,
                "transform",
                "translate(" + x + " " + y + ")");
        html.empty("rect", "width", "208", "height", "62", "rx", "6");
        html.empty("path", "class", "stripe", "d", "M3 8V54");
        writeLine(html, "name", 20, shortened(node.name(), NAME));
        writeLine(html, "op", 37, beginning(op.text(), OPERATOR));
        writeLine(html, "type", 53, type);
        html.close();
    }

    private static void writeLine(Html html, String style, int y, String text) {
        html.leaf("text", text, "class", style, "x", "14", "y", String.valueOf(y));
    }

    /** Names differ at their ends. */
    private static String shortened(String name, int length) {
        return name.length() <= length ? name : "…" + name.substring(name.length() - length + 1);
    }

    private static String beginning(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
