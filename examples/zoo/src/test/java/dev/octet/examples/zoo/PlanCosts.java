package dev.octet.examples.zoo;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.NodeCost;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;

/**
 * What a plan asks of a device for one image.
 *
 * @param kernels different kernels
 * @param launches launches
 * @param products INT8 multiplications of the layers
 * @param paddedProducts the same with the lanes that pad channels
 * @param weightBytes weights, and a scale and a bias for each output channel
 * @param arenaBytes memory of all values, as the program lays them out
 * @param valueBytes memory that they would take without sharing
 */
record PlanCosts(
        int kernels,
        int launches,
        long products,
        long paddedProducts,
        long weightBytes,
        long arenaBytes,
        long valueBytes) {
    static PlanCosts of(Plan plan, LaunchProgram program) {
        long products = 0;
        long padded = 0;
        long weights = 0;
        for (Node node : plan.int8().nodes()) {
            if (node.op() instanceof Op.Conv2d || node.op() instanceof Op.Dense) {
                long filter = filter(plan.int8(), node);
                products += node.type().shape().elements() * filter;
                padded += paddedProducts(plan.int8(), node);
                weights += node.type().shape().channels() * (filter + 2 * Float.BYTES);
            }
        }
        return new PlanCosts(
                (int) program.steps().stream()
                        .map(step -> step.kernel())
                        .distinct()
                        .count(),
                program.steps().size(),
                products,
                padded,
                weights,
                program.arenaBytesPerImage(),
                program.buffers().stream().mapToLong(Buffer::bytesPerImage).sum());
    }

    private static long filter(Graph graph, Node node) {
        return NodeCost.filter(graph.node(node.input()).type(), node);
    }

    /** Layers of several groups read only the lanes of their own channels. */
    private static long paddedProducts(Graph graph, Node node) {
        TensorType in = graph.node(node.input()).type();
        boolean grouped = node.op() instanceof Op.Conv2d conv && conv.groups() > 1;
        long filter =
                grouped ? filter(graph, node) : filter(graph, node) / in.shape().channels() * lanes(in);
        return node.type().shape().pixels() * lanes(node.type()) * filter;
    }

    /** A float result has no lanes that pad, but is computed as if it had. */
    private static long lanes(TensorType type) {
        return type.element() == ElementType.F32
                ? (type.shape().channels() + 15L) / 16 * 16
                : type.storage().orElseThrow().pitch();
    }
}
