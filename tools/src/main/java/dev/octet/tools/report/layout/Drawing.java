package dev.octet.tools.report.layout;

import java.util.List;

/**
 * Where everything of a graph lies.
 *
 * @param width width of the whole
 * @param height height of the whole
 * @param nodes middles of the nodes, by number
 * @param routes points of the edges in their order: where each leaves its first node, passes the layers between, and reaches
 *     its second node
 */
public record Drawing(int width, int height, List<Point> nodes, List<List<Point>> routes) {
    public Drawing {
        nodes = List.copyOf(nodes);
        routes = routes.stream().map(List::copyOf).toList();
    }
}
