package dev.octet.tools.report.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * A graph whose edges go from each layer to the next: nodes in layers by the longest path that leads to them, and where an
 * edge passes a layer a vertex of its own. Vertices are numbered: first the nodes, then these.
 */
final class LayeredGraph {
    private final int nodes;
    private final List<Integer> layers = new ArrayList<>();
    private final List<List<Integer>> above = new ArrayList<>();
    private final List<List<Integer>> below = new ArrayList<>();
    private final List<List<Integer>> paths = new ArrayList<>();

    private LayeredGraph(int nodes) {
        this.nodes = nodes;
    }

    static LayeredGraph of(int nodes, List<Edge> edges) {
        LayeredGraph graph = new LayeredGraph(nodes);
        for (int layer : longestPaths(nodes, edges)) {
            graph.add(layer);
        }
        edges.forEach(graph::connect);
        return graph;
    }

    /** Edges ascend, so one pass over the nodes in order is enough. */
    private static int[] longestPaths(int nodes, List<Edge> edges) {
        List<List<Integer>> sources = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            sources.add(new ArrayList<>());
        }
        edges.forEach(edge -> sources.get(edge.to()).add(edge.from()));
        int[] layer = new int[nodes];
        for (int v = 0; v < nodes; v++) {
            for (int source : sources.get(v)) {
                layer[v] = Math.max(layer[v], layer[source] + 1);
            }
        }
        return layer;
    }

    private int add(int layer) {
        layers.add(layer);
        above.add(new ArrayList<>());
        below.add(new ArrayList<>());
        return layers.size() - 1;
    }

    private void connect(Edge edge) {
        List<Integer> path = new ArrayList<>(List.of(edge.from()));
        for (int layer = layer(edge.from()) + 1; layer <= layer(edge.to()); layer++) {
            int last = path.get(path.size() - 1);
            int next = layer == layer(edge.to()) ? edge.to() : add(layer);
            below.get(last).add(next);
            above.get(next).add(last);
            path.add(next);
        }
        paths.add(path);
    }

    int size() {
        return layers.size();
    }

    /** Whether a vertex is a node of the graph, and not a point of an edge. */
    boolean isNode(int vertex) {
        return vertex < nodes;
    }

    int layer(int vertex) {
        return layers.get(vertex);
    }

    /** Neighbours in the layer before. */
    List<Integer> above(int vertex) {
        return above.get(vertex);
    }

    /** Neighbours in the layer after. */
    List<Integer> below(int vertex) {
        return below.get(vertex);
    }

    /** The vertices of every edge, both ends included. */
    List<List<Integer>> paths() {
        return paths;
    }
}
