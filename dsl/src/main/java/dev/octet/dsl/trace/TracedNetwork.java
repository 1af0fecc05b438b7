package dev.octet.dsl.trace;

import java.util.List;

/**
 * A recorded definition.
 *
 * @param nodes calls in order
 */
public record TracedNetwork(List<TracedNode> nodes) {
    public TracedNetwork {
        nodes = List.copyOf(nodes);
    }
}
