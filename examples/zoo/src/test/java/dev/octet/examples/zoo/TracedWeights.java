package dev.octet.examples.zoo;

import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import java.util.ArrayList;
import java.util.List;

/** The tensors that a network reads from its weights file, in the order of its definition. */
final class TracedWeights {
    /** A tensor of the weights file. */
    record Weight(String key, List<Integer> shape) {
        int elements() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }

        /** Whether training learns it: the statistics of batch normalisations are measured. */
        boolean isParameter() {
            return !key.contains(".running_");
        }
    }

    private TracedWeights() {}

    /** The tensors of one operator; none if it has no weights. */
    static List<Weight> of(TracedNode node, List<Integer> operand) {
        List<Weight> weights = new ArrayList<>();
        if (node.op() instanceof TracedOp.Conv2d conv) {
            List<Integer> kernel = conv.kernel();
            weights.add(new Weight(
                    conv.name() + ".weight",
                    List.of(conv.outChannels(), operand.get(0) / conv.groups(), kernel.get(0), kernel.get(1))));
            if (conv.bias()) {
                weights.add(new Weight(conv.name() + ".bias", List.of(conv.outChannels())));
            }
        } else if (node.op() instanceof TracedOp.Dense dense) {
            weights.add(new Weight(dense.name() + ".weight", List.of(dense.features(), operand.get(0))));
            if (dense.bias()) {
                weights.add(new Weight(dense.name() + ".bias", List.of(dense.features())));
            }
        } else if (node.op() instanceof TracedOp.BatchNorm norm) {
            for (String tensor : List.of("weight", "bias", "running_mean", "running_var")) {
                weights.add(new Weight(norm.name() + "." + tensor, List.of(operand.get(0))));
            }
        }
        return weights;
    }

    /** The tensors of a network. */
    static List<Weight> of(TracedNetwork network) {
        return network.nodes().stream()
                .filter(node -> !node.inputs().isEmpty())
                .flatMap(node ->
                        of(node, network.nodes().get(node.inputs().get(0)).shape()).stream())
                .toList();
    }
}
