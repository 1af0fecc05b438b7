package dev.octet.tools.accuracy;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.tools.Images;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Compares values of a quantised network with those of the float network on the same images. */
final class LayerErrors {
    private final CpuModel exact;
    private final CpuModel found;
    private final Map<Node, Node> pairs = new LinkedHashMap<>();
    private final Map<Node, ErrorSums> sums = new LinkedHashMap<>();

    /** Two models that keep values; of {@code found} every value that {@code exact} has, or a conversion of it. */
    LayerErrors(CpuModel exact, CpuModel found) {
        this.exact = exact;
        this.found = found;
        Map<String, Node> byName = exact.graph().nodes().stream().collect(Collectors.toMap(Node::name, n -> n));
        Graph graph = found.graph();
        for (Node node : graph.nodes()) {
            boolean made = !(node.op() instanceof Op.Input || node.op() instanceof Op.Dequantize || node.isHosts());
            Node same = byName.get(
                    node.op() instanceof Op.Quantize ? graph.node(node.input()).name() : node.name());
            if (made && same != null) {
                pairs.put(node, same);
                sums.put(node, new ErrorSums());
            }
        }
    }

    /** Runs both. */
    LayerErrors run(Images images, IntConsumer progress) {
        for (int from = 0; from < images.size(); from += CpuModel.BATCH) {
            Images part = images.part(from, Math.min(images.size(), from + CpuModel.BATCH));
            exact.run(part);
            found.run(part);
            pairs.forEach((node, same) -> {
                RealValue right = exact.value(same, part.size());
                RealValue wrong = found.value(node, part.size());
                for (int c = 0; c < right.channels(); c++) {
                    sums.get(node).add(right.channel(c), wrong.channel(c));
                }
            });
            progress.accept(from + part.size());
        }
        return this;
    }

    /** The sums of each value of the quantised graph, in its order. */
    void forEach(BiConsumer<Node, ErrorSums> consumer) {
        sums.forEach(consumer);
    }
}
