package dev.octet.simulated;

import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import dev.octet.simulator.SimulatorOptions;
import java.util.List;

/**
 * Offers a simulated device for each {@link Target}, on every machine: {@code simulated:sm_61}, {@code simulated:sm_75},
 * {@code simulated:sm_80}, {@code simulated:sm_90a}. Its compute capability is the target's, so that it runs exactly that family's kernels. They
 * take hundreds of times as long as on the CPU device, which is why {@code best} never stands for one.
 */
public final class SimulatedDeviceProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SimulatedDeviceProvider() {}

    @Override
    public String kind() {
        return "simulated";
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Probe probe() {
        return new Probe(
                List.of(Target.values()).stream()
                        .map(SimulatedDeviceProvider::info)
                        .toList(),
                "");
    }

    private static Probe.DeviceInfo info(Target target) {
        return new Probe.DeviceInfo(
                "simulated:" + target.text(), "executes and checks the PTX for " + target.text() + ", slowly");
    }

    @Override
    public Device open(int index) {
        Target target = Target.values()[index];
        return open(target, SimulatorOptions.defaults());
    }

    static Device open(Target target, SimulatorOptions options) {
        return SimulatedDevice.open(info(target), new SimulatedDriver(target, options));
    }
}
