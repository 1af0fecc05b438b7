package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

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
        requireConsistent();
        NetworkPlan plan = new NetworkPlan(resources.plan(), options);
        WeightMemory memory = WeightMemory.of(plan);
        memory.require();
        try {
            return options.precision() == Precision.FP32 ? openFloats(plan, devices) : openQuantized(plan, devices);
        } catch (OutOfMemoryError e) {
            throw memory.exceeded(e);
        }
    }

    /** Whoever asks for ranges of each batch means no table, and no network that has no ranges. */
    private void requireConsistent() {
        if (options.ranges() == RangeSource.PER_BATCH) {
            if (options.precision() == Precision.FP32) {
                throw new OctetException(RuntimeCode.RANGES_CONFLICT, spec.network(), "Precision.FP32");
            }
            if (options.calibration().isPresent()) {
                throw new OctetException(RuntimeCode.RANGES_CONFLICT, spec.network(), "a calibration table");
            }
        }
    }

    private Network openQuantized(NetworkPlan plan, Devices devices) {
        boolean perBatch = options.ranges() == RangeSource.PER_BATCH;
        WeightsFile weights = weights(plan.plan(), () -> perBatch ? Optional.empty() : Optional.of(table()));
        // Ranges of each batch replace the constants before they are used: any will do.
        Ranges ranges = perBatch ? value -> RangeRule.RANGE_OF_ZEROS : checked(plan.plan(), weights);
        NetworkImage image = new NetworkImage(
                plan.plan(),
                weights.layers(),
                weights.floats(),
                NodeConstants.of(plan.plan(), ranges, weights.layers()::get).all(),
                resources);
        Device device = options.device().equals(Devices.BEST)
                ? BestDevice.open(devices, image)
                : devices.open(options.device());
        return load(
                plan,
                device,
                d -> perBatch
                        ? PerBatchNetwork.of(
                                plan.plan(), weights, d.load(image), d.info().name())
                        : d.load(image));
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

    /** What is stored is read before the table, so that the first thing that is missing is told first. */
    private WeightsFile weights(Plan plan, Supplier<Optional<CalibrationTable>> table) {
        Optional<Safetensors> tensors = options.weights().map(Safetensors::open);
        return tensors.isPresent()
                ? quantised(plan, tensors.get(), table.get())
                : stored(GraphText.topologyHash(plan.fp32()));
    }

    private CalibrationTable table() {
        return options.calibration().map(NetworkResources::calibration).orElseGet(resources::calibration);
    }

    private CalibrationTable checked(Plan plan, WeightsFile weights) {
        CalibrationTable table = table();
        weights.checkTable(table);
        table.check(spec.network(), GraphText.topologyHash(plan.fp32()), weights.weightsHash());
        return table;
    }

    /** Corrected as the build corrects them, if it has corrections of these weights for this table. */
    private WeightsFile quantised(Plan plan, Safetensors tensors, Optional<CalibrationTable> table) {
        return table.flatMap(used -> resources
                        .corrections()
                        .filter(found -> found.weightsHash().equals(tensors.sha256())
                                && found.tableHash().equals(used.hash())))
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

    /** Loads on an open device. */
    @FunctionalInterface
    private interface Load {
        DeviceNetwork on(Device device);
    }
}
