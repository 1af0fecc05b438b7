package dev.octet.tools.tune;

import dev.octet.runtime.device.ClockedGpu;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import java.util.List;

/** A device {@code timed:0}, a GPU of compute capability 9.0, whose times follow from the names of kernels. */
public final class TimedProvider implements DeviceProvider {
    static final ClockedGpu GPU = new ClockedGpu("Made-up GPU", 90);

    /** From 10 to 42 microseconds, of which no two are the same but by accident. */
    static double micros(String kernel) {
        return 10 + (kernel.hashCode() >>> 1) / (double) (1 << 26);
    }

    @Override
    public String kind() {
        return "timed";
    }

    @Override
    public int rank() {
        return 1000;
    }

    @Override
    public Probe probe() {
        return new Probe(List.of(new Probe.DeviceInfo("timed:0", GPU.name())), "");
    }

    @Override
    public Device open(int index) {
        return new TimedDevice(TimedProvider::micros, GPU, 1);
    }
}
