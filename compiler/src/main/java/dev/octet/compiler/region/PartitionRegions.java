package dev.octet.compiler.region;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides a laid-out graph into regions, before memory is planned: values inside a region need none.
 *
 * <pre>
 * %3 image.quantized = quantize(%0)        region [%3]: %0 -> %3
 * %1 conv            = conv2d(%3)          region [%1]: %3 -> %1
 * </pre>
 *
 * Every operator is in exactly one region; inputs, outputs and softmax, which launch nothing, are in none. A convolution whose
 * result only a max-pooling reads is in one region with it, if the target has a kernel for both; every other operator has a
 * region of its own.
 */
public final class PartitionRegions {
    private PartitionRegions() {}

    /** The regions of a graph for a target, in execution order. */
    public static List<Region> run(Graph graph, Target target) {
        Map<Integer, List<Integer>> users = users(graph);
        Map<Integer, Node> pools = pools(graph, target, users);
        return graph.nodes().stream()
                .filter(PartitionRegions::launches)
                .filter(node -> !pools.containsValue(node))
                .map(node -> region(
                        users, pools.containsKey(node.id()) ? List.of(node, pools.get(node.id())) : List.of(node)))
                .toList();
    }

    /** The poolings that one kernel computes with their operands, by the operand. */
    private static Map<Integer, Node> pools(Graph graph, Target target, Map<Integer, List<Integer>> users) {
        LowerRegions lowering = new LowerRegions(graph);
        Map<Integer, Node> nodes = graph.byId();
        Map<Integer, Node> pools = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Integer> readers = users.getOrDefault(node.id(), List.of());
            if (readers.size() == 1) {
                Node reader = nodes.get(readers.get(0));
                lowering.pooled(node, reader)
                        .filter(spec -> KernelCatalog.contains(target, spec))
                        .ifPresent(spec -> pools.put(node.id(), reader));
            }
        }
        return pools;
    }

    /** Whether a kernel makes the node's value. */
    public static boolean launches(Node node) {
        return !(node.op() instanceof Op.Input || node.isHosts());
    }

    /**
     * The region of some nodes of a graph: it reads what they use but do not make, and writes what others use.
     *
     * @param nodes nodes in execution order
     */
    static Region region(Graph graph, List<Node> nodes) {
        return region(users(graph), nodes);
    }

    private static Region region(Map<Integer, List<Integer>> users, List<Node> nodes) {
        Set<Integer> ops = new LinkedHashSet<>();
        Set<Integer> inputs = new LinkedHashSet<>();
        for (Node node : nodes) {
            node.inputs().stream().filter(input -> !ops.contains(input)).forEach(inputs::add);
            ops.add(node.id());
        }
        List<Integer> outputs = ops.stream()
                .filter(op -> !ops.containsAll(users.getOrDefault(op, List.of())))
                .toList();
        return new Region(new ArrayList<>(ops), new ArrayList<>(inputs), outputs);
    }

    /** Ids of the nodes that use each value. */
    private static Map<Integer, List<Integer>> users(Graph graph) {
        Map<Integer, List<Integer>> users = new HashMap<>();
        for (Node node : graph.nodes()) {
            node.inputs()
                    .forEach(input -> users.computeIfAbsent(input, id -> new ArrayList<>())
                            .add(node.id()));
        }
        return users;
    }
}
