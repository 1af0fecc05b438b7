package dev.octet.examples.zoo;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.runtime.Devices;
import dev.octet.runtime.calibrate.Histogram;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.ValueStatistics;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of a calibration run on a GPU one by one, so that each can be timed. */
final class FloatRun {
    private final ZooBuild build;
    private final Plan floats;
    private final Path safetensors;

    FloatRun(ZooBuild build, Plan floats, Path safetensors) {
        this.build = build;
        this.floats = floats;
        this.safetensors = safetensors;
    }

    private NetworkImage image() {
        SortedMap<String, FloatLayer> layers = new TreeMap<>();
        WeightFolder.fold(floats.fp32(), Safetensors.open(safetensors))
                .forEach((name, layer) -> layers.put(name, layer.rounded()));
        NodeConstants constants = NodeConstants.of(floats, value -> Float.NaN, layer -> null);
        return new NetworkImage(floats, Map.of(), layers, constants.all(), new NetworkImage.Kernels() {
            @Override
            public Optional<String> ptx(Target target, Step.Kernel kernel) {
                return build.ptx(target, kernel);
            }
        });
    }

    /** Median times of runs, in seconds for so many images, with how much was done. */
    String times(String device, int batch, ByteBuffer images, int forImages) {
        try (Device gpu = Devices.probe().open(device);
                DeviceNetwork network = gpu.load(image());
                DeviceSession session = network.newSession(new SessionRequest(batch, true))) {
            ValueStatistics statistics = session.statistics().orElseThrow();
            List<Integer> values = floats.int8().nodes().stream()
                    .filter(node -> node.fp32() || node.op() instanceof Op.Quantize)
                    .map(Node::id)
                    .toList();
            List<FloatBuffer> results = floats.outputs().stream()
                    .map(port -> FloatBuffer.allocate(batch * port.shape().elements()))
                    .toList();
            double[][] seconds = new double[3][5];
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                session.run(batch, List.of(images), results);
                long ran = System.nanoTime();
                int[] largest = statistics.largest(values);
                long found = System.nanoTime();
                float[] factors = new float[largest.length];
                for (int j = 0; j < factors.length; j++) {
                    factors[j] = new Histogram().cover(Float.intBitsToFloat(largest[j]));
                }
                long ready = System.nanoTime();
                statistics.histograms(values, factors);
                seconds[0][i] = (ran - start) * 1e-9;
                seconds[1][i] = (found - ran) * 1e-9;
                seconds[2][i] = (System.nanoTime() - ready) * 1e-9;
            }
            double runs = (double) forImages / batch;
            return String.format(
                    Locale.ROOT,
                    "FP32 kernels with copies of images %.3f s, largest magnitudes %.3f s, histograms with copies of counters"
                            + " %.3f s for %d images, batch %d, %d values, %d MiB of device memory",
                    median(seconds[0]) * runs,
                    median(seconds[1]) * runs,
                    median(seconds[2]) * runs,
                    forImages,
                    batch,
                    values.size(),
                    session.deviceBytes() >> 20);
        }
    }

    private static double median(double... seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
