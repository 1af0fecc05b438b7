package dev.octet.tools.report.layout;

/**
 * Sizes of a drawing, in pixels.
 *
 * @param nodeWidth width of every node
 * @param nodeHeight height of every node
 * @param gapX least space between neighbouring nodes of a layer
 * @param gapY space between layers
 */
public record Metrics(int nodeWidth, int nodeHeight, int gapX, int gapY) {
    public Metrics {
        if (nodeWidth < 1 || nodeHeight < 1 || gapX < 1 || gapY < 1) {
            throw new IllegalArgumentException("sizes are positive");
        }
    }

    /** Distance between the middles of two layers. */
    int pitch() {
        return nodeHeight + gapY;
    }
}
