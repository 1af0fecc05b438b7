package dev.octet.processor.weights;

import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tensor that a call of a definition reads.
 *
 * @param key key in the weights file
 * @param shape shape that the call implies
 * @param node the call
 */
record RequiredTensor(String key, List<Integer> shape, TracedNode node) {
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    RequiredTensor {
        shape = List.copyOf(shape);
    }

    /** What makes the call read no bias, if this is the bias of a layer that may do without. */
    Optional<String> withoutBias() {
        if (node.op() instanceof TracedOp.Conv2d conv && key.equals(conv.name() + BIAS)) {
            return Optional.of("remove .bias() from its kernel");
        }
        if (node.op() instanceof TracedOp.Dense dense && key.equals(dense.name() + BIAS)) {
            return Optional.of("write denseWithoutBias");
        }
        return Optional.empty();
    }

    /** Key of the weights beside this bias. */
    String weightKey() {
        return key.substring(0, key.length() - BIAS.length()) + WEIGHT;
    }

    /** All tensors that a definition reads, in call order. */
    static List<RequiredTensor> of(TracedNetwork trace) {
        List<RequiredTensor> required = new ArrayList<>();
        for (TracedNode node : trace.nodes()) {
            if (node.op() instanceof TracedOp.Conv2d conv) {
                List<Integer> shape = List.of(
                        conv.outChannels(),
                        operandChannels(trace, node) / conv.groups(),
                        conv.kernel().get(0),
                        conv.kernel().get(1));
                addLayer(conv.name(), shape, conv.bias(), node, required);
            } else if (node.op() instanceof TracedOp.Dense dense) {
                List<Integer> shape = List.of(dense.features(), operandChannels(trace, node));
                addLayer(dense.name(), shape, dense.bias(), node, required);
            } else if (node.op() instanceof TracedOp.BatchNorm norm) {
                List<Integer> channels = List.of(node.shape().get(0));
                Stream.of("weight", "bias", "running_mean", "running_var")
                        .map(suffix -> new RequiredTensor(norm.name() + "." + suffix, channels, node))
                        .forEach(required::add);
            }
        }
        return required;
    }

    private static void addLayer(
            String layer, List<Integer> weight, boolean bias, TracedNode node, List<RequiredTensor> required) {
        required.add(new RequiredTensor(layer + WEIGHT, weight, node));
        if (bias) {
            required.add(new RequiredTensor(layer + BIAS, List.of(weight.get(0)), node));
        }
    }

    private static int operandChannels(TracedNetwork trace, TracedNode node) {
        return trace.nodes().get(node.inputs().get(0)).shape().get(0);
    }
}
