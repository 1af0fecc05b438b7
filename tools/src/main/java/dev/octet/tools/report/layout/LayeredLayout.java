package dev.octet.tools.report.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws an acyclic graph from top to bottom in the way of Sugiyama, Tagawa and Toda ("Methods for visual understanding of
 * hierarchical system structures", 1981): nodes in layers by longest path, an order in every layer with few crossings, and
 * then positions that keep edges straight. Equal graphs have equal drawings.
 */
public final class LayeredLayout {
    private LayeredLayout() {}

    /**
     * Draws a graph.
     *
     * @param nodes number of nodes
     * @param edges edges between them
     * @param metrics sizes
     */
    public static Drawing of(int nodes, List<Edge> edges, Metrics metrics) {
        LayeredGraph graph = LayeredGraph.of(nodes, edges);
        List<List<Integer>> order = LayerOrder.of(graph);
        int[] x = Placement.of(graph, order, metrics);
        List<Point> places = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            places.add(new Point(x[v], middle(graph, v, metrics)));
        }
        List<List<Point>> routes = new ArrayList<>();
        graph.paths().forEach(path -> routes.add(route(graph, path, x, metrics)));
        return new Drawing(width(x, nodes, metrics), order.size() * metrics.pitch(), places, routes);
    }

    private static int middle(LayeredGraph graph, int vertex, Metrics metrics) {
        return graph.layer(vertex) * metrics.pitch() + metrics.pitch() / 2;
    }

    private static List<Point> route(LayeredGraph graph, List<Integer> path, int[] x, Metrics metrics) {
        List<Point> route = new ArrayList<>();
        int half = metrics.nodeHeight() / 2;
        for (int i = 0; i < path.size(); i++) {
            int vertex = path.get(i);
            int y = middle(graph, vertex, metrics);
            if (i > 0) {
                route.add(new Point(x[vertex], y - half));
            }
            if (i < path.size() - 1) {
                route.add(new Point(x[vertex], y + half));
            }
        }
        return route;
    }

    private static int width(int[] x, int nodes, Metrics metrics) {
        int width = 0;
        for (int v = 0; v < x.length; v++) {
            width = Math.max(width, x[v] + (v < nodes ? metrics.nodeWidth() / 2 : 0) + metrics.gapX());
        }
        return width;
    }
}
