package dev.octet.runtime.cpu;

import dev.octet.plan.Plan;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import java.util.Map;

/**
 * The processor of this machine. Runs quantised and float graphs in plain Java with the contract's bits, on as many
 * threads as the machine has processors. Needs no options of the virtual machine; on processors without a fused
 * multiply-add instruction results are the same and arrive much later.
 */
public final class CpuDevice implements Device {
    private final Workers workers;

    /** The processor, used by the given number of threads. */
    public CpuDevice(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread: " + threads);
        }
        workers = new Workers(threads);
    }

    static Probe.DeviceInfo describe(int threads) {
        String text = System.getProperty("os.arch") + ", " + threads + (threads == 1 ? " thread" : " threads")
                + ", Java " + Runtime.version().feature();
        return new Probe.DeviceInfo("cpu", text);
    }

    @Override
    public Probe.DeviceInfo info() {
        return describe(workers.threads());
    }

    @Override
    public DeviceNetwork load(NetworkImage image) {
        return CpuNetwork.quantized(image, workers);
    }

    /**
     * Loads the float graph of a plan, for comparisons and calibration.
     *
     * @param layers folded weights by layer name
     */
    public DeviceNetwork loadFloats(Plan plan, Map<String, FoldedLayer> layers) {
        return CpuNetwork.floats(plan, layers, workers);
    }

    @Override
    public void close() {
        workers.close();
    }
}
