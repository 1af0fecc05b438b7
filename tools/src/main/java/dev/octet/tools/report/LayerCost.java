package dev.octet.tools.report;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;

/**
 * What an operator of a quantised graph asks of a device.
 *
 * @param products multiplications with weights, of one image
 * @param paddedProducts the same with the lanes that pad channels
 * @param readBytes bytes of the operands, of one image
 * @param writtenBytes bytes of the result, of one image
 * @param weightBytes weights, and a scale and a bias for each output channel, of a run
 * @param floats whether it multiplies floats
 */
record LayerCost(
        long products, long paddedProducts, long readBytes, long writtenBytes, long weightBytes, boolean floats) {
    private static final int LANES = 16;
    private static final double OPERATIONS = 2;

    /** The cost of a node of a laid out graph. */
    static LayerCost of(Graph graph, Node node) {
        long read = node.inputs().stream()
                .mapToLong(input -> graph.node(input).type().bytesPerImage())
                .sum();
        long written = node.type().bytesPerImage();
        if (node.layer().isEmpty()) {
            return new LayerCost(0, 0, read, written, 0, node.fp32());
        }
        TensorType in = graph.node(node.input()).type();
        long filter = filter(in, node);
        boolean grouped = node.op() instanceof Op.Conv2d conv && conv.groups() > 1;
        long paddedFilter = grouped ? filter : filter / in.shape().channels() * lanes(in);
        long weight = node.fp32() ? Float.BYTES : 1;
        return new LayerCost(
                node.type().shape().elements() * filter,
                computedLanes(node) * node.type().shape().pixels() * paddedFilter,
                read,
                written,
                node.type().shape().channels() * (filter * weight + 2 * Float.BYTES),
                node.fp32());
    }

    /** Weights of one output channel. */
    private static long filter(TensorType in, Node node) {
        return node.op() instanceof Op.Conv2d conv
                ? (long) conv.window().taps() * (in.shape().channels() / conv.groups())
                : in.shape().elements();
    }

    /** Of a pixel of the result; a convolution computes a float result in sixteens too, a dense layer each on its own. */
    private static long computedLanes(Node node) {
        long channels = node.type().shape().channels();
        if (node.type().element() != ElementType.F32) {
            return lanes(node.type());
        }
        return node.op() instanceof Op.Dense ? channels : (channels + LANES - 1) / LANES * LANES;
    }

    private static long lanes(TensorType type) {
        return type.storage().orElseThrow().pitch();
    }

    /** Bytes that a run of some images moves at least. */
    double bytes(int batch) {
        return (double) batch * (readBytes + writtenBytes) + weightBytes;
    }

    /** Microseconds that memory needs at least. */
    double memoryMicros(Gpu gpu, int batch) {
        return bytes(batch) / (gpu.gigabytesPerSecond() * 1e3);
    }

    /** Microseconds that arithmetic needs at least. */
    double computeMicros(Gpu gpu, int batch) {
        double peak = floats ? gpu.fp32Tflops() : gpu.int8Tops();
        return OPERATIONS * products * batch / (peak * 1e6);
    }

    /** Microseconds that a run needs at least. */
    double floorMicros(Gpu gpu, int batch) {
        return Math.max(memoryMicros(gpu, batch), computeMicros(gpu, batch));
    }

    /** Share of the multiplications that is of padding. */
    double waste() {
        return paddedProducts == 0 ? 0 : 1 - (double) products / paddedProducts;
    }
}
