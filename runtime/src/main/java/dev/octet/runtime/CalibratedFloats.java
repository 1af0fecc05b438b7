package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Cleanup;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.ValueStatistics;
import dev.octet.runtime.diag.RuntimeCode;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The float graph of a network on the device that calibrates it: on the CPU, whose values are collected as they are, or on a
 * device that runs the float program of the build and counts values where they lie. Both have the same bits.
 */
final class CalibratedFloats implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CalibratedFloats.class.getName());

    private final String device;
    private final DeviceSession session;
    private final Collecting collecting;
    private final int batch;
    /** What closes it, in order. */
    private final List<Runnable> closing;

    private CalibratedFloats(
            String device, DeviceSession session, Collecting collecting, int batch, List<Runnable> closing) {
        this.device = device;
        this.session = session;
        this.collecting = collecting;
        this.batch = batch;
        this.closing = closing;
    }

    /** Hands all values of the last run to a collector. */
    @FunctionalInterface
    private interface Collecting {
        Optional<String> into(RangeCollector collector);
    }

    /**
     * What is calibrated, and how.
     *
     * @param plan the network's plan
     * @param layers folded weights by layer name
     * @param device name of the device
     * @param threads threads of the CPU device
     * @param batch images in a run
     */
    record Request(Plan plan, Map<String, FoldedLayer> layers, String device, int threads, int batch) {}

    /**
     * Opens the float graph.
     *
     * @throws OctetException {@link RuntimeCode#NO_DEVICE}, {@link RuntimeCode#NO_FLOAT_PROGRAM} or {@link RuntimeCode#NO_FLOATS}
     *     if a device that is named cannot run it, {@link RuntimeCode#FOREIGN_FLOATS} if its float program is of another
     *     definition; {@code best} is the CPU where there is no float program, and with a warning where it is of another one
     */
    static CalibratedFloats open(Request request, NetworkResources resources, Devices devices) {
        if (!request.device().equals(Devices.BEST)) {
            Device named = devices.open(request.device());
            return on(named, request, () -> {
                Plan program = resources.floats().orElseThrow(() -> missing(request, named));
                foreign(request, program).ifPresent(failure -> {
                    throw failure;
                });
                return image(request, program, resources);
            });
        }
        Optional<NetworkImage> image =
                resources.floats().filter(program -> isOwn(request, program)).map(p -> image(request, p, resources));
        Device best = image.isPresent() ? BestDevice.open(devices, image.get()) : new CpuDevice(request.threads());
        return on(best, request, image::get);
    }

    private static boolean isOwn(Request request, Plan program) {
        Optional<OctetException> foreign = foreign(request, program);
        foreign.ifPresent(failure ->
                LOG.log(Level.WARNING, request.plan().network() + " is calibrated on cpu. " + failure.getMessage()));
        return foreign.isEmpty();
    }

    private static OctetException missing(Request request, Device device) {
        String network = request.plan().network();
        String path = ResourcePaths.floats(network);
        return new OctetException(
                RuntimeCode.NO_FLOAT_PROGRAM, network, device.info().name(), path);
    }

    /** On a device, which is closed with it; the CPU's has as many threads as the caller wants, and needs no image. */
    private static CalibratedFloats on(Device device, Request request, Supplier<NetworkImage> image) {
        List<Runnable> closing = new ArrayList<>(List.of(device::close));
        CalibratedFloats floats = null;
        try {
            floats = device instanceof CpuDevice
                    ? collecting(new CpuDevice(request.threads()), request, closing)
                    : counting(device, request, image.get(), closing);
            return floats;
        } finally {
            if (floats == null) {
                Cleanup.run(closing);
            }
        }
    }

    private static CalibratedFloats collecting(CpuDevice device, Request request, List<Runnable> closing) {
        closing.add(0, device::close);
        DeviceNetwork network = device.loadFloats(request.plan(), request.layers());
        closing.add(0, network::close);
        DeviceSession session = network.newSession(new SessionRequest(request.batch(), true));
        closing.add(0, session::close);
        return new CalibratedFloats(
                device.info().name(), session, collector -> collector.addAll(session::value), request.batch(), closing);
    }

    private static CalibratedFloats counting(
            Device device, Request request, NetworkImage image, List<Runnable> closing) {
        DeviceNetwork network = device.load(image);
        closing.add(0, network::close);
        int batch = Math.min(request.batch(), image.plan().maxBatch());
        DeviceSession session = network.newSession(new SessionRequest(batch, true));
        closing.add(0, session::close);
        ValueStatistics statistics = session.statistics()
                .orElseThrow(() ->
                        new OctetException(RuntimeCode.NO_FLOATS, device.info().name()));
        Map<Integer, Integer> holders = holders(image.plan());
        return new CalibratedFloats(
                device.info().name(), session, collector -> collector.addAll(statistics, holders), batch, closing);
    }

    /** What is wrong with the float program of another definition: a build without the option leaves that of an earlier one. */
    private static Optional<OctetException> foreign(Request request, Plan program) {
        boolean same = program.network().equals(request.plan().network())
                && program.maxBatch() == request.plan().maxBatch()
                && program.fp32().equals(request.plan().fp32())
                && program.inputs().equals(request.plan().inputs())
                && program.outputs().equals(request.plan().outputs());
        String network = request.plan().network();
        return same
                ? Optional.empty()
                : Optional.of(new OctetException(RuntimeCode.FOREIGN_FLOATS, ResourcePaths.floats(network), network));
    }

    /** The float program with its weights. Nothing in it is quantised: nobody asks for a range. */
    private static NetworkImage image(Request request, Plan program, NetworkResources resources) {
        SortedMap<String, FloatLayer> floats = new TreeMap<>();
        request.layers().forEach((name, layer) -> floats.put(name, layer.rounded()));
        NodeConstants constants = NodeConstants.of(
                program,
                value -> {
                    throw new IllegalStateException("a float program has no range of " + value);
                },
                layer -> null);
        return new NetworkImage(program, Map.of(), floats, constants.all(), resources);
    }

    /** Which node of the float program has the floats of each value of the float graph: of an image, what is made of it. */
    private static Map<Integer, Integer> holders(Plan program) {
        Map<Integer, Integer> holders = new TreeMap<>();
        for (Node node : program.fp32().nodes()) {
            holders.put(node.id(), node.id());
        }
        for (Node made : program.int8().nodes(Op.Quantize.class)) {
            holders.put(made.input(), made.id());
        }
        return holders;
    }

    /** Name of the device that runs it. */
    String device() {
        return device;
    }

    DeviceSession session() {
        return session;
    }

    /** Images of a run. */
    int batch() {
        return batch;
    }

    /**
     * Counts every value of the last run.
     *
     * @return name of the first value with an element that is not finite; empty if all are
     */
    Optional<String> collect(RangeCollector collector) {
        return collecting.into(collector);
    }

    @Override
    public void close() {
        Cleanup.run(closing);
    }
}
