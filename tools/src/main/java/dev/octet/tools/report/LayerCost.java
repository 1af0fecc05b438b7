package dev.octet.tools.report;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.NodeCost;
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
        NodeCost cost = NodeCost.of(graph, node);
        return new LayerCost(
                cost.macs(),
                node.layer().isEmpty()
                        ? 0
                        : paddedProducts(graph.node(node.input()).type(), node),
                cost.readBytes(),
                cost.writtenBytes(),
                cost.weightBytes(),
                cost.floats());
    }

    /**
     * The same without what never leaves a kernel.
     *
     * @param operands whether the operands are in memory
     * @param result whether the result is
     */
    LayerCost inMemory(boolean operands, boolean result) {
        return new LayerCost(
                products, paddedProducts, operands ? readBytes : 0, result ? writtenBytes : 0, weightBytes, floats);
    }

    private static long paddedProducts(TensorType in, Node node) {
        long filter = NodeCost.filter(in, node);
        boolean grouped = node.op() instanceof Op.Conv2d conv && conv.groups() > 1;
        long paddedFilter = grouped ? filter : filter / in.shape().channels() * lanes(in);
        return computedLanes(node) * node.type().shape().pixels() * paddedFilter;
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
