package dev.octet.compiler.pass;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;

/**
 * Gives every value its memory layout: one for all integer activations, so that no kernel ever changes layouts, and
 * another for those that are made of inputs of few channels and that only convolutions read.
 *
 * <pre>
 * %0 image           : u8[3,32,32]
 * %1 image.quantized : s8[3,32,32] scale image
 *     becomes
 * %0 image           : u8[3,32,32] pitch 3
 * %1 image.quantized : s8[3,32,32] pitch 4 scale image
 * </pre>
 *
 * Quantised values have pixels of a multiple of 16 lanes, and floats inside the network of a multiple of 4: both are NHWC
 * with pixels of whole 16-byte vectors. A quantised input of at most 4 channels, all of whose users are convolutions
 * without groups, has pixels of one word: padded to 16 lanes it would cost its convolution four times the products and
 * bytes. Raw pixels, and floats that leave the network, cross its border and have no padding;
 * the latter are in logical (channel, row, column) order.
 */
public final class ChooseLayout implements Pass {
    @Override
    public Graph run(Graph graph) {
        return new Graph(
                Stage.LAID_OUT,
                graph.nodes().stream().map(node -> laidOut(graph, node)).toList());
    }

    private static Node laidOut(Graph graph, Node node) {
        TensorType type = node.type().withStorage(storage(graph, node));
        return new Node(node.id(), node.name(), node.op(), node.inputs(), type, node.line(), node.fp32());
    }

    private static ChannelMap storage(Graph graph, Node node) {
        TensorType type = node.type();
        int channels = type.shape().channels();
        if (type.element() == ElementType.F32 && !node.isLogicalOrder()) {
            return ChannelMap.ofFloats(channels);
        } else if (type.scale().isEmpty()) {
            return ChannelMap.dense(channels);
        }
        return isOfWords(graph, node) ? ChannelMap.ofWord(channels) : ChannelMap.padded(channels);
    }

    private static boolean isOfWords(Graph graph, Node node) {
        return node.op() instanceof Op.Quantize
                && node.type().shape().channels() <= ChannelMap.WORD
                && graph.nodes().stream()
                        .filter(user -> user.inputs().contains(node.id()))
                        .allMatch(user -> convolves(user, node));
    }

    /** Whether a user is a convolution of a value, and does not add it to its sums as well. */
    private static boolean convolves(Node user, Node value) {
        return user.op() instanceof Op.Conv2d conv
                && conv.groups() == 1
                && !user.fp32()
                && user.inputs().lastIndexOf(value.id()) == 0;
    }
}
