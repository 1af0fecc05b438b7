package dev.octet.tools.report.layout;

/**
 * An edge of a graph.
 *
 * @param from number of the node where it begins
 * @param to number of the node where it ends, larger than {@code from}
 */
public record Edge(int from, int to) {
    public Edge {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("nodes are numbered so that edges ascend: " + from + " -> " + to);
        }
    }
}
