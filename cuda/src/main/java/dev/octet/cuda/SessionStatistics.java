package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Statistic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts values of floats on the device: a launch for each value, then one copy of all counters. Padding lanes are zeros, so
 * that they are counted as such and taken off again.
 */
final class SessionStatistics {
    private static final int COUNTERS = 2 * Statistic.BINS;
    private static final int HISTOGRAM_BYTES = COUNTERS * Integer.BYTES;

    private final CudaNetwork network;
    private final Context.Stream stream;
    private final Statistic largest;
    private final Statistic histogram;
    /** For each value of the graph one integer; where numbers of each value go in and out. */
    private final long numbers;

    private final long counters;

    private SessionStatistics(CudaNetwork network, Context.Stream stream, long numbers, long counters) {
        this.network = network;
        this.stream = stream;
        this.largest = of(network, Statistic.Kind.LARGEST);
        this.histogram = of(network, Statistic.Kind.HISTOGRAM);
        this.numbers = numbers;
        this.counters = counters;
    }

    private static Statistic of(CudaNetwork network, Statistic.Kind kind) {
        return network.programs().statistics().stream()
                .filter(statistic -> statistic.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new OctetException(
                        CudaCode.INCONSISTENT, network.plan().network(), "the plan has no statistic " + kind.text()));
    }

    /** Allocates counters for as many values as the graph has. */
    static SessionStatistics allocate(
            CudaNetwork network, Context.Current current, DeviceResources resources, Context.Stream stream) {
        int values = network.plan().int8().nodes().size();
        String what = "the counters of " + network.plan().network();
        long numbers = resources.memory(current, what, (long) values * Integer.BYTES);
        long counters = resources.memory(current, what, (long) values * HISTOGRAM_BYTES);
        return new SessionStatistics(network, stream, numbers, counters);
    }

    /**
     * A value of the last run.
     *
     * @param node the value; floats, pixel after pixel
     * @param address where it lies
     * @param images number of images
     */
    record Counted(Node node, long address, int images) {
        Counted {
            if (node.type().element() != ElementType.F32 || node.isLogicalOrder()) {
                throw new IllegalArgumentException(node.name() + " has no floats in whole vectors");
            }
        }

        private int vectors() {
            long bytes = Math.multiplyExact(node.type().bytesPerImage(), (long) images);
            return Math.toIntExact(bytes / (Statistic.VECTOR * Float.BYTES));
        }

        /** Lanes beyond the channels. */
        private int padding() {
            TensorType type = node.type();
            int lanes = type.storage().orElseThrow().pitch() - type.shape().channels();
            return Math.multiplyExact(Math.multiplyExact(lanes, type.shape().pixels()), images);
        }
    }

    /** The bits of the largest magnitude of each value. */
    int[] largest(Context.Current current, List<Counted> values) {
        long bytes = (long) values.size() * Integer.BYTES;
        current.fill(numbers, (byte) 0, bytes, stream);
        for (int i = 0; i < values.size(); i++) {
            long result = numbers + (long) i * Integer.BYTES;
            launch(current, largest, values.get(i), List.of(values.get(i).address(), result));
        }
        return integers(current, numbers, values.size());
    }

    /** The counters of each value by its factor. */
    List<int[]> histograms(Context.Current current, List<Counted> values, float... factors) {
        if (factors.length != values.size()) {
            throw new IllegalArgumentException(values.size() + " values, but " + factors.length + " factors");
        }
        ByteBuffer packed = ByteBuffer.allocate(factors.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        packed.asFloatBuffer().put(factors);
        current.upload(numbers, packed.array());
        current.fill(counters, (byte) 0, (long) values.size() * HISTOGRAM_BYTES, stream);
        for (int i = 0; i < values.size(); i++) {
            long factor = numbers + (long) i * Float.BYTES;
            long result = counters + (long) i * HISTOGRAM_BYTES;
            launch(current, histogram, values.get(i), List.of(values.get(i).address(), factor, result));
        }
        int[] all = integers(current, counters, values.size() * COUNTERS);
        List<int[]> histograms = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            int[] own = Arrays.copyOfRange(all, i * COUNTERS, (i + 1) * COUNTERS);
            own[0] -= values.get(i).padding();
            histograms.add(own);
        }
        return histograms;
    }

    private void launch(Context.Current current, Statistic statistic, Counted value, List<Long> pointers) {
        Geometry geometry = statistic.geometry();
        int vectors = value.vectors();
        try {
            current.label("value " + value.node().name());
            Context.Extents extents = new Context.Extents(
                    geometry.gridX(vectors), geometry.gridY(), geometry.threads(), geometry.sharedBytes());
            ByteBuffer arguments = new ArgumentStruct(pointers, 0).forBatch(vectors);
            current.launch(network.kernels().function(statistic), extents, arguments, stream);
        } catch (DriverException e) {
            throw network.device()
                    .failure(
                            e,
                            CudaCode.LAUNCH,
                            statistic.kernel().name(),
                            value.node().name(),
                            network.device().name(),
                            e.reason());
        }
    }

    private int[] integers(Context.Current current, long address, int count) {
        try {
            current.synchronize(stream);
        } catch (DriverException e) {
            String plan = network.plan().network();
            throw network.device()
                    .failure(e, CudaCode.RUN, plan, network.device().name(), e.reason());
        }
        byte[] bytes = new byte[Math.multiplyExact(count, Integer.BYTES)];
        current.download(bytes, address);
        int[] integers = new int[count];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(integers);
        return integers;
    }
}
