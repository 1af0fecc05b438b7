package dev.octet.tools.accuracy;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.tools.Images;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.IntConsumer;

/**
 * A network on the CPU made of parts in memory, without files: a plan with weights, in float or integer arithmetic. A
 * softmax before the output, the host's work, is left out. Not thread-safe; the work of a run is shared among the device's
 * threads, and does not depend on their number.
 */
final class CpuModel implements AutoCloseable {
    /** Images in one run. Any number gives the same results. */
    static final int BATCH = 8;

    private final Plan plan;
    private final Graph graph;
    private final Optional<Ranges> ranges;
    private final DeviceNetwork network;
    private final DeviceSession session;

    private CpuModel(Plan plan, Graph graph, Optional<Ranges> ranges, DeviceNetwork network, boolean keepValues) {
        this.plan = plan;
        this.graph = graph;
        this.ranges = ranges;
        this.network = network;
        this.session = network.newSession(new SessionRequest(BATCH, keepValues));
    }

    /** The float graph. */
    static CpuModel floats(CpuDevice device, Plan plan, SortedMap<String, FoldedLayer> layers, boolean keepValues) {
        return new CpuModel(plan, plan.fp32(), Optional.empty(), device.loadFloats(plan, layers), keepValues);
    }

    /** The quantised graph. */
    static CpuModel integers(CpuDevice device, Plan plan, WeightsFile weights, Ranges ranges, boolean keepValues) {
        NetworkImage image = new NetworkImage(
                plan,
                weights.layers(),
                weights.floats(),
                NodeConstants.of(plan, ranges, weights.layers()::get).all(),
                (target, kernel) -> Optional.empty());
        return new CpuModel(plan, plan.int8(), Optional.of(ranges), device.load(image), keepValues);
    }

    Plan plan() {
        return plan;
    }

    /** The graph that runs. */
    Graph graph() {
        return graph;
    }

    /** Runs up to {@link #BATCH} images; their scores one after the other. */
    FloatBuffer run(Images images) {
        FloatBuffer out = FloatBuffer.allocate(Math.multiplyExact(scores(), images.size()));
        session.run(images.size(), List.of(images.buffer(0, images.size(), false)), List.of(out));
        return out;
    }

    /** The scores of all images. */
    Scores scores(Images images, IntConsumer progress) {
        float[][] scores = new float[images.size()][scores()];
        for (int from = 0; from < images.size(); from += BATCH) {
            int to = Math.min(images.size(), from + BATCH);
            FloatBuffer out = run(images.part(from, to));
            for (int i = from; i < to; i++) {
                out.get(scores[i]);
            }
            progress.accept(to);
        }
        return new Scores(scores);
    }

    private int scores() {
        return plan.outputs().get(0).shape().elements();
    }

    /** Real numbers of a value of the last run, which had {@code n} images; only of models that keep values. */
    RealValue value(Node node, int n) {
        double step = node.type().element().isInteger() ? ranges.orElseThrow().scale(node.type()) : 1;
        return new RealValue(node, n, step, session.value(node.id()));
    }

    @Override
    public void close() {
        session.close();
        network.close();
    }
}
