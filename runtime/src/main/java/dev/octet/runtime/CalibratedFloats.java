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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The float graph of a network on the device that calibrates it: on the CPU, whose values are collected as they are, or on a
 * device that runs the float program of the build and counts values where they lie. Both have the same bits.
 */
final class CalibratedFloats implements AutoCloseable {
    private final Device device;
    private final DeviceNetwork network;
    private final DeviceSession session;
    private final Collecting collecting;
    private final int batch;

    private CalibratedFloats(
            Device device, DeviceNetwork network, DeviceSession session, Collecting collecting, int batch) {
        this.device = device;
        this.network = network;
        this.session = session;
        this.collecting = collecting;
        this.batch = batch;
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
     * @throws OctetException {@link RuntimeCode#NO_DEVICE}, {@link RuntimeCode#NO_FLOAT_PROGRAM} or
     *     {@link RuntimeCode#FOREIGN_FLOATS} if a device that is named cannot run it; {@code best} is then the CPU
     */
    static CalibratedFloats open(Request request, NetworkResources resources, Devices devices) {
        Device device = device(request, resources, devices);
        DeviceNetwork network = null;
        CalibratedFloats opened = null;
        try {
            network = device instanceof CpuDevice cpu
                    ? cpu.loadFloats(request.plan(), request.layers())
                    : device.load(image(
                            request, program(request, resources, device.info().name()), resources));
            opened = device instanceof CpuDevice
                    ? onCpu(device, network, request)
                    : onDevice(device, network, request, resources);
            return opened;
        } finally {
            if (opened == null) {
                Cleanup.run(network == null ? List.of(device::close) : List.of(network::close, device::close));
            }
        }
    }

    private static Device device(Request request, NetworkResources resources, Devices devices) {
        if (!request.device().equals(Devices.BEST)) {
            Device named = devices.open(request.device());
            return onThreads(named, request);
        }
        Optional<Plan> program = resources.floats();
        if (program.isEmpty()) {
            return new CpuDevice(request.threads());
        }
        requireSame(request, program.get());
        return onThreads(BestDevice.open(devices, image(request, program.get(), resources)), request);
    }

    /** The CPU with as many threads as the caller wants. */
    private static Device onThreads(Device device, Request request) {
        if (device instanceof CpuDevice) {
            device.close();
            return new CpuDevice(request.threads());
        }
        return device;
    }

    private static Plan program(Request request, NetworkResources resources, String device) {
        String network = request.plan().network();
        Plan program = resources
                .floats()
                .orElseThrow(() -> new OctetException(
                        RuntimeCode.NO_FLOAT_PROGRAM, network, device, ResourcePaths.floats(network)));
        requireSame(request, program);
        return program;
    }

    /** A build without the option leaves the float program of an earlier one where it is. */
    private static void requireSame(Request request, Plan program) {
        boolean same = program.network().equals(request.plan().network())
                && program.maxBatch() == request.plan().maxBatch()
                && program.fp32().equals(request.plan().fp32())
                && program.inputs().equals(request.plan().inputs())
                && program.outputs().equals(request.plan().outputs());
        if (!same) {
            String network = request.plan().network();
            throw new OctetException(RuntimeCode.FOREIGN_FLOATS, ResourcePaths.floats(network), network);
        }
    }

    /** Nothing in it is quantised, so that nobody asks for a range. */
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

    private static CalibratedFloats onCpu(Device device, DeviceNetwork network, Request request) {
        DeviceSession session = network.newSession(new SessionRequest(request.batch(), true));
        return new CalibratedFloats(
                device, network, session, collector -> collector.addAll(session::value), request.batch());
    }

    private static CalibratedFloats onDevice(
            Device device, DeviceNetwork network, Request request, NetworkResources resources) {
        Plan program = program(request, resources, device.info().name());
        int batch = Math.min(request.batch(), program.maxBatch());
        DeviceSession session = network.newSession(new SessionRequest(batch, true));
        boolean done = false;
        try {
            ValueStatistics statistics = session.statistics()
                    .orElseThrow(() -> new OctetException(
                            RuntimeCode.NO_FLOATS, device.info().name()));
            Map<Integer, Integer> holders = holders(program);
            done = true;
            return new CalibratedFloats(
                    device, network, session, collector -> collector.addAll(statistics, holders), batch);
        } finally {
            if (!done) {
                session.close();
            }
        }
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
        Cleanup.run(List.of(session::close, network::close, device::close));
    }
}
