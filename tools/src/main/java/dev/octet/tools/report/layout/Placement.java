package dev.octet.tools.report.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Finds positions from left to right within layers of a given order. Every vertex wants to stand where its neighbours do;
 * what a layer's vertices want is brought to the distances that they need with the least sum of squared moves, which is
 * isotonic regression (Robertson, Wright and Dykstra, "Order restricted statistical inference", 1988: pool adjacent
 * violators).
 */
final class Placement {
    private static final int SWEEPS = 24;
    /** Between nodes, and along the long part of an edge, lines are straight before anything else is. */
    private static final double STRAIGHT = 8;

    private final LayeredGraph graph;
    private final List<List<Integer>> order;
    private final Metrics metrics;
    private final double[] x;

    private Placement(LayeredGraph graph, List<List<Integer>> order, Metrics metrics) {
        this.graph = graph;
        this.order = order;
        this.metrics = metrics;
        this.x = new double[graph.size()];
    }

    /** The middle of every vertex; the leftmost leaves a gap to the edge of the drawing. */
    static int[] of(LayeredGraph graph, List<List<Integer>> order, Metrics metrics) {
        Placement placement = new Placement(graph, order, metrics);
        order.forEach(layer -> placement.settle(layer, v -> List.of()));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            placement.sweep(sweep % 2 == 0);
        }
        return placement.rounded();
    }

    private void sweep(boolean down) {
        for (int i = 0; i < order.size(); i++) {
            settle(order.get(down ? i : order.size() - 1 - i), down ? graph::above : graph::below);
        }
    }

    private void settle(List<Integer> layer, IntFunction<List<Integer>> neighbours) {
        double[] shift = new double[layer.size()];
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < layer.size(); i++) {
            shift[i] = i == 0 ? 0 : shift[i - 1] + distance(layer.get(i - 1), layer.get(i));
            Block block = wish(layer.get(i), neighbours.apply(layer.get(i)), shift[i]);
            while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).mean() > block.mean()) {
                block = blocks.remove(blocks.size() - 1).with(block);
            }
            blocks.add(block);
        }
        int next = 0;
        for (Block block : blocks) {
            for (int i = 0; i < block.count(); i++, next++) {
                x[layer.get(next)] = block.mean() + shift[next];
            }
        }
    }

    private double distance(int left, int right) {
        double space = metrics.gapX();
        space += graph.isNode(left) ? metrics.nodeWidth() / 2.0 : 0;
        return space + (graph.isNode(right) ? metrics.nodeWidth() / 2.0 : 0);
    }

    private Block wish(int vertex, List<Integer> neighbours, double shift) {
        if (neighbours.isEmpty()) {
            return new Block(1, x[vertex] - shift, 1);
        }
        double sum = 0;
        double weights = 0;
        for (int neighbour : neighbours) {
            double weight = graph.isNode(vertex) == graph.isNode(neighbour) ? STRAIGHT : 1;
            sum += weight * x[neighbour];
            weights += weight;
        }
        return new Block(weights, weights * (sum / weights - shift), 1);
    }

    private int[] rounded() {
        double left = Double.POSITIVE_INFINITY;
        for (int v = 0; v < x.length; v++) {
            left = Math.min(left, x[v] - (graph.isNode(v) ? metrics.nodeWidth() / 2.0 : 0));
        }
        int[] rounded = new int[x.length];
        for (int v = 0; v < x.length; v++) {
            rounded[v] = (int) Math.round(x[v] - left + metrics.gapX());
        }
        return rounded;
    }

    /** Neighbouring vertices that touch each other: sum of weights, weighted sum of wishes, and how many they are. */
    private record Block(double weight, double sum, int count) {
        double mean() {
            return sum / weight;
        }

        Block with(Block other) {
            return new Block(weight + other.weight, sum + other.sum, count + other.count);
        }
    }
}
