package dev.octet.compiler.memory;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the lifetimes of the values that cross regions. */
public final class Liveness {
    private final Graph graph;
    private final Map<Integer, Integer> first = new LinkedHashMap<>();
    private final Map<Integer, Integer> last = new HashMap<>();

    private Liveness(Graph graph) {
        this.graph = graph;
    }

    /**
     * Lifetimes in order of first write. Inputs keep their memory to the end, so that a session can run twice on the
     * same input; what an output names, itself or by a softmax, is kept to the end, because it is read then.
     */
    public static List<Lifetime> of(Graph graph, List<Region> regions) {
        Liveness liveness = new Liveness(graph);
        liveness.walk(regions);
        Map<Integer, Node> nodes = graph.byId();
        List<Lifetime> lifetimes = new ArrayList<>();
        liveness.first.forEach((value, step) -> lifetimes.add(new Lifetime(
                value, nodes.get(value).type().bytesPerImage(), step, liveness.last.getOrDefault(value, step))));
        return lifetimes;
    }

    private void walk(List<Region> regions) {
        int end = regions.size();
        for (Node input : graph.nodes(Op.Input.class)) {
            first.put(input.id(), -1);
        }
        for (int step = 0; step < end; step++) {
            for (int value : regions.get(step).outputs()) {
                first.put(value, step);
            }
            for (int value : regions.get(step).inputs()) {
                last.put(value, step);
            }
        }
        graph.nodes(Op.Input.class).forEach(input -> last.put(input.id(), end));
        graph.nodes(Op.Output.class)
                .forEach(output -> last.put(graph.made(output).id(), end));
    }
}
