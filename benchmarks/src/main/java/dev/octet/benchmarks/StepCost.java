package dev.octet.benchmarks;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.NodeCost;
import dev.octet.plan.launch.Step;

/**
 * What a launch has to do at least.
 *
 * @param bytes of what it reads from memory and writes there, each once: operands and results of its region with the lanes that
 *     pad their channels, weights and scales
 * @param macs multiplications with weights, without those of lanes that pad channels
 */
record StepCost(long bytes, long macs) {
    /** The cost of a step of a plan's quantised graph for some images. */
    static StepCost of(Graph graph, Step step, int batch) {
        long moved = 0;
        for (int value : step.region().inputs()) {
            moved += graph.node(value).type().bytesPerImage();
        }
        for (int value : step.region().outputs()) {
            moved += graph.node(value).type().bytesPerImage();
        }
        long weights = 0;
        long macs = 0;
        for (int id : step.region().ops()) {
            NodeCost cost = NodeCost.of(graph, graph.node(id));
            weights += cost.weightBytes();
            macs += cost.macs();
        }
        return new StepCost(batch * moved + weights, batch * macs);
    }

    /** The layers that a step computes, or the value that it makes where it computes no layer. */
    static String name(Graph graph, Step step) {
        StringBuilder layers = new StringBuilder();
        for (int id : step.region().ops()) {
            graph.node(id)
                    .layer()
                    .ifPresent(
                            layer -> layers.append(layers.isEmpty() ? "" : "+").append(layer));
        }
        Node last = graph.node(step.region().outputs().get(0));
        return layers.isEmpty() ? last.name() : layers.toString();
    }

    /**
     * Microseconds below which no device can be.
     *
     * @param bandwidth bytes a second
     * @param macRate multiplications a second
     */
    double floorMicros(double bandwidth, double macRate) {
        return Math.max(bytes / bandwidth, macs / macRate) * 1e6;
    }
}
