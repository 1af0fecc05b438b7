package dev.octet.tools.report.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Orders the vertices of every layer so that few edges cross: sweeps down and up, in which every vertex goes to the mean
 * position of its neighbours in the layer before, and the best order that was met.
 */
final class LayerOrder {
    private static final int SWEEPS = 16;

    private final LayeredGraph graph;
    private final List<List<Integer>> layers = new ArrayList<>();
    private final int[] position;

    private LayerOrder(LayeredGraph graph) {
        this.graph = graph;
        this.position = new int[graph.size()];
        for (int v = 0; v < graph.size(); v++) {
            while (layers.size() <= graph.layer(v)) {
                layers.add(new ArrayList<>());
            }
            layers.get(graph.layer(v)).add(v);
        }
        layers.forEach(this::number);
    }

    /** The vertices of every layer from left to right. */
    static List<List<Integer>> of(LayeredGraph graph) {
        LayerOrder order = new LayerOrder(graph);
        List<List<Integer>> best = order.copy();
        long fewest = order.crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            order.sweep(sweep % 2 == 0);
            long crossings = order.crossings();
            if (crossings < fewest) {
                fewest = crossings;
                best = order.copy();
            }
        }
        return best;
    }

    private List<List<Integer>> copy() {
        return layers.stream().map(List::copyOf).toList();
    }

    private void number(List<Integer> layer) {
        for (int i = 0; i < layer.size(); i++) {
            position[layer.get(i)] = i;
        }
    }

    private void sweep(boolean down) {
        for (int i = 1; i < layers.size(); i++) {
            List<Integer> layer = layers.get(down ? i : layers.size() - 1 - i);
            IntFunction<List<Integer>> neighbours = down ? graph::above : graph::below;
            layer.sort(Comparator.comparingDouble(v -> mean(v, neighbours.apply(v))));
            number(layer);
        }
    }

    /** Vertices without neighbours stay where they are. */
    private double mean(int vertex, List<Integer> neighbours) {
        return neighbours.stream().mapToInt(v -> position[v]).average().orElse(position[vertex]);
    }

    private long crossings() {
        long crossings = 0;
        for (List<Integer> layer : layers) {
            List<Integer> ends = new ArrayList<>();
            for (int v : layer) {
                graph.below(v).stream().map(w -> position[w]).sorted().forEach(ends::add);
            }
            crossings += inversions(ends);
        }
        return crossings;
    }

    /** Two edges cross if the one that begins further left ends further right. */
    private static long inversions(List<Integer> ends) {
        long count = 0;
        for (int i = 0; i < ends.size(); i++) {
            for (int j = i + 1; j < ends.size(); j++) {
                count += ends.get(i) > ends.get(j) ? 1 : 0;
            }
        }
        return count;
    }
}
