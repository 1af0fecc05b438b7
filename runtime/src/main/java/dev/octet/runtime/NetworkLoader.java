package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Opens a network: from resources and options to one that is loaded on a device. */
final class NetworkLoader {
    private final NetworkSpec spec;
    private final Options options;
    private final NetworkResources resources;

    NetworkLoader(NetworkSpec spec, Options options) {
        this.spec = spec;
        this.options = options;
        this.resources = new NetworkResources(spec);
    }

    /** Files are read before the device is opened, so that a wrong one costs no device memory. */
    Network open(Devices devices) {
        NetworkPlan plan = new NetworkPlan(resources.plan(), options);
        WeightMemory memory = WeightMemory.of(plan);
        memory.require();
        try {
            return options.precision() == Precision.FP32 ? openFloats(plan, devices) : openQuantized(plan, devices);
        } catch (OutOfMemoryError e) {
            throw memory.exceeded(e);
        }
    }

    private Network openQuantized(NetworkPlan plan, Devices devices) {
        NetworkImage image = image(plan.plan());
        Device device = options.device().equals(Devices.BEST)
                ? BestDevice.open(devices, image)
                : devices.open(options.device());
        return load(plan, device, d -> d.load(image));
    }

    private Network openFloats(NetworkPlan plan, Devices devices) {
        Path file =
                options.weights().orElseThrow(() -> new OctetException(RuntimeCode.NO_FLOAT_WEIGHTS, spec.network()));
        var layers = WeightFolder.fold(plan.plan().fp32(), Safetensors.open(file));
        String name = options.device().equals(Devices.BEST) ? "cpu" : options.device();
        return load(plan, devices.open(name), device -> {
            if (device instanceof CpuDevice cpu) {
                return cpu.loadFloats(plan.plan(), layers);
            }
            throw new OctetException(RuntimeCode.NO_FLOATS, name);
        });
    }

    private static Network load(NetworkPlan plan, Device device, Load load) {
        boolean done = false;
        try {
            Network network = new Network(plan, device, load.on(device));
            done = true;
            return network;
        } finally {
            if (!done) {
                device.close();
            }
        }
    }

    private NetworkImage image(Plan plan) {
        String graphHash = GraphText.topologyHash(plan.fp32());
        Optional<Safetensors> tensors = options.weights().map(Safetensors::open);
        Optional<WeightsFile> stored = tensors.isPresent() ? Optional.empty() : Optional.of(stored(graphHash));
        CalibrationTable table =
                options.calibration().map(NetworkResources::calibration).orElseGet(resources::calibration);
        WeightsFile weights = stored.orElseGet(() -> quantised(plan, tensors.orElseThrow(), table));
        weights.checkTable(table);
        table.check(spec.network(), graphHash, weights.weightsHash());
        return new NetworkImage(
                plan, weights.layers(), weights.floats(), constants(plan, table, weights.layers()), resources);
    }

    /** Corrected as the build corrects them, if it has corrections of these weights for this table. */
    private WeightsFile quantised(Plan plan, Safetensors tensors, CalibrationTable table) {
        return resources
                .corrections()
                .filter(found -> found.weightsHash().equals(tensors.sha256())
                        && found.tableHash().equals(table.hash()))
                .map(found -> found.weights(plan, tensors))
                .orElseGet(() -> WeightsFile.of(plan, tensors));
    }

    private WeightsFile stored(String graphHash) {
        WeightsFile weights = resources.weights();
        if (!weights.graphHash().equals(graphHash)) {
            throw new OctetException(RuntimeCode.FOREIGN_WEIGHTS, spec.network(), weights.graphHash(), graphHash);
        }
        return weights;
    }

    private static Map<Integer, Constants> constants(
            Plan plan, CalibrationTable table, SortedMap<String, QuantizedLayer> layers) {
        NodeConstants source = NodeConstants.of(plan, table, layers::get);
        Map<Integer, Constants> constants = new HashMap<>();
        for (Node node : plan.int8().nodes()) {
            source.of(node).ifPresent(some -> constants.put(node.id(), some));
        }
        return constants;
    }

    /** Loads on an open device. */
    @FunctionalInterface
    private interface Load {
        DeviceNetwork on(Device device);
    }
}
