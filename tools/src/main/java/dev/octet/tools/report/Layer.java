package dev.octet.tools.report;

import dev.octet.plan.graph.Node;
import dev.octet.plan.launch.Step;
import java.util.List;
import java.util.Optional;

/**
 * An operator of the quantised graph with everything that belongs to it.
 *
 * @param node the operator
 * @param op what it is
 * @param cost what it asks of a device
 * @param step its launch, and its number; empty for ports and what the host computes
 * @param fused values of the float graph that it computes on its way to its own
 * @param times measured times of its step in microseconds, one for each profile
 */
record Layer(
        Node node, OpText op, LayerCost cost, Optional<Launch> step, List<Node> fused, List<Optional<Double>> times) {
    Layer {
        times = List.copyOf(times);
        fused = List.copyOf(fused);
    }

    /**
     * A launch.
     *
     * @param number its place in the program, from 1
     * @param step what is launched
     */
    record Launch(int number, Step step) {}

    /** Its place in the page. */
    String id() {
        return id(node);
    }

    /** The place of a quantised operator in the page. */
    static String id(Node node) {
        return "layer-" + node.id();
    }

    /** The place of an operator of the float graph in the page. */
    static String floatId(Node node) {
        return "float-" + node.id();
    }

    /** Time of its step in microseconds, if a profile has it. */
    Optional<Double> micros(int profile) {
        return times.get(profile);
    }

    /** The kernel that computes it. */
    Optional<Step.Kernel> kernel() {
        return step.map(launch -> launch.step().kernel());
    }
}
