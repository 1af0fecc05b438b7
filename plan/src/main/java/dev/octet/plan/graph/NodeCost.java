package dev.octet.plan.graph;

/**
 * What an operator asks of whatever computes it: each operand, weight and result is moved once.
 *
 * @param macs multiplications with weights, of one image, without those of lanes that pad channels
 * @param readBytes bytes of the operands, of one image
 * @param writtenBytes bytes of the result, of one image
 * @param weightBytes weights, and a scale and a bias for each output channel, of a run
 * @param floats whether the weights are floats
 */
public record NodeCost(long macs, long readBytes, long writtenBytes, long weightBytes, boolean floats) {
    /** The cost of a node of any graph; values without a layout take what their elements take. */
    public static NodeCost of(Graph graph, Node node) {
        long read = node.inputs().stream()
                .mapToLong(input -> bytes(graph.node(input).type()))
                .sum();
        long written = bytes(node.type());
        if (node.layer().isEmpty()) {
            return new NodeCost(0, read, written, 0, node.fp32());
        }
        TensorType in = graph.node(node.input()).type();
        long filter = filter(in, node);
        boolean floats = node.fp32() || in.element() == ElementType.F32;
        long weight = floats ? Float.BYTES : 1;
        return new NodeCost(
                node.type().shape().elements() * filter,
                read,
                written,
                node.type().shape().channels() * (filter * weight + 2 * Float.BYTES),
                floats);
    }

    /** Number of weights of one output channel of a convolution or dense layer with an operand of this type. */
    public static long filter(TensorType in, Node layer) {
        return layer.op() instanceof Op.Conv2d conv
                ? (long) conv.window().taps() * (in.shape().channels() / conv.groups())
                : in.shape().elements();
    }

    private static long bytes(TensorType type) {
        return type.storage().isPresent()
                ? type.bytesPerImage()
                : (long) type.shape().elements() * type.element().bytes();
    }

    /** Bytes that a run of some images moves at least. */
    public long bytes(int batch) {
        return batch * (readBytes + writtenBytes) + weightBytes;
    }
}
