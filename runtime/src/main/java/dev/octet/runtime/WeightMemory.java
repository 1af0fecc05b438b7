package dev.octet.runtime;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.runtime.diag.RuntimeCode;

/**
 * How much of the Java heap a network's weights take while it is loaded, foreseen from its plan, so that a heap that can
 * never hold them is refused before it is full. Less than what is used in the end: constants, tables and everything
 * else of the application come on top.
 *
 * @param network name for messages
 * @param bytes least number of bytes
 */
record WeightMemory(String network, long bytes) {
    /** The contents of {@code weights.bin} and the layers read from it. */
    private static final int STORED = 2;
    /** A folded layer of doubles and its bytes, quantised. */
    private static final int QUANTISED_AT_LOAD = Double.BYTES + 1;
    /** A folded layer of doubles and the floats that the CPU multiplies with. */
    private static final int FLOATS = Double.BYTES + Float.BYTES;
    /** The bytes of a layer and the floats that the CPU multiplies with. */
    private static final int ON_CPU = 1 + Float.BYTES;

    static WeightMemory of(NetworkPlan plan) {
        return new WeightMemory(plan.network(), weights(plan.graph()) * bytesPerWeight(plan.options()));
    }

    private static int bytesPerWeight(Options options) {
        if (options.precision() == Precision.FP32) {
            return FLOATS;
        }
        int read = options.weights().isPresent() ? QUANTISED_AT_LOAD : STORED;
        int loaded = options.device().equals("cpu") ? Math.max(read, ON_CPU) : read;
        return options.ranges() == RangeSource.PER_BATCH ? loaded + FLOATS : loaded;
    }

    private static long weights(Graph graph) {
        long sum = 0;
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Conv2d conv) {
                sum += weights(graph, node, conv.window().taps()) / conv.groups();
            } else if (node.op() instanceof Op.Dense) {
                sum += weights(
                        graph, node, graph.node(node.input()).type().shape().pixels());
            }
        }
        return sum;
    }

    private static long weights(Graph graph, Node node, int taps) {
        Shape in = graph.node(node.input()).type().shape();
        return (long) node.type().shape().channels() * taps * in.channels();
    }

    /** Refuses a heap that cannot hold the weights. */
    void require() {
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw exceeded(null);
        }
    }

    /** A diagnostic for a heap that did not hold them; {@code error} is null if that was foreseen. */
    OctetException exceeded(OutOfMemoryError error) {
        return new OctetException(
                error,
                RuntimeCode.LOAD_MEMORY,
                network,
                bytes,
                Runtime.getRuntime().maxMemory());
    }
}
