package dev.octet.runtime.calibrate;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings ranges back from results to operands where both share a scale: a value that only poolings, concatenations and
 * other movers of its numbers use needs to represent no more than the largest of their ranges. Its own range counts as
 * soon as anything else uses it.
 *
 * <p>Operators share a scale where the quantised graph says so. A maximum pooling loses nothing by a smaller range of its
 * operand: the largest of clamped numbers is the clamped largest.
 */
final class JoinedRanges {
    private final List<Node> nodes;
    private final Map<Integer, List<Node>> users = new HashMap<>();
    private final Map<String, TensorType> quantized = new HashMap<>();

    JoinedRanges(Plan plan) {
        nodes = plan.fp32().nodes();
        for (Node node : nodes) {
            node.inputs()
                    .forEach(operand -> users.computeIfAbsent(operand, id -> new ArrayList<>())
                            .add(node));
        }
        plan.int8().nodes().forEach(node -> quantized.put(node.name(), node.type()));
    }

    /**
     * Replaces the ranges of operands.
     *
     * @param own range of each value by itself
     */
    SortedMap<String, Float> propagate(SortedMap<String, Float> own) {
        SortedMap<String, Float> ranges = new TreeMap<>(own);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            List<Node> uses = users.getOrDefault(node.id(), List.of());
            if (!uses.isEmpty()
                    && ranges.containsKey(node.name())
                    && uses.stream().allMatch(use -> moves(node, use))) {
                ranges.put(
                        node.name(),
                        uses.stream()
                                .map(use -> ranges.get(use.name()))
                                .max(Float::compare)
                                .orElseThrow());
            }
        }
        return ranges;
    }

    /** Whether the use only moves the value's numbers and keeps their scale. */
    private boolean moves(Node value, Node use) {
        Optional<String> scale = scale(value);
        return (use.op().keepsScale() || use.op() instanceof Op.Concat)
                && scale.isPresent()
                && scale.equals(scale(use));
    }

    private Optional<String> scale(Node node) {
        return Optional.ofNullable(quantized.get(node.name())).flatMap(TensorType::scale);
    }
}
