package dev.octet.compiler.pass;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;

/**
 * Gives every value its memory layout: one for all integer activations, so that no kernel ever changes layouts.
 *
 * <pre>
 * %0 image           : u8[3,32,32]
 * %1 image.quantized : s8[3,32,32] scale image
 *     becomes
 * %0 image           : u8[3,32,32] pitch 3
 * %1 image.quantized : s8[3,32,32] pitch 16 scale image
 * </pre>
 *
 * Quantised values have pixels of a multiple of 16 lanes, and floats inside the network of a multiple of 4: both are NHWC
 * with pixels of whole 16-byte vectors. Raw pixels, and floats that leave the network, cross its border and have no padding;
 * the latter are in logical (channel, row, column) order.
 */
public final class ChooseLayout implements Pass {
    @Override
    public Graph run(Graph graph) {
        return new Graph(
                Stage.LAID_OUT,
                graph.nodes().stream().map(ChooseLayout::laidOut).toList());
    }

    private static Node laidOut(Node node) {
        return new Node(node.id(), node.name(), node.op(), node.inputs(), stored(node), node.line(), node.fp32());
    }

    private static TensorType stored(Node node) {
        TensorType type = node.type();
        int channels = type.shape().channels();
        if (type.element() == ElementType.F32 && !node.isLogicalOrder()) {
            return type.withStorage(ChannelMap.ofFloats(channels));
        }
        return type.withStorage(type.scale().isPresent() ? ChannelMap.padded(channels) : ChannelMap.dense(channels));
    }
}
