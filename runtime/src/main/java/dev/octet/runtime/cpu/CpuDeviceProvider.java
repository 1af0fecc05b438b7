package dev.octet.runtime.cpu;

import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import java.util.List;

/** Offers the processor as the device {@code cpu}, which every machine has. */
public final class CpuDeviceProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public CpuDeviceProvider() {}

    @Override
    public String kind() {
        return "cpu";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Probe probe() {
        return new Probe(List.of(CpuDevice.describe(threads())), "");
    }

    @Override
    public Device open(int index) {
        return new CpuDevice(threads());
    }

    private static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }
}
