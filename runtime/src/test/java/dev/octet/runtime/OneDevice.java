package dev.octet.runtime;

import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.device.Probe.DeviceInfo;
import java.util.List;

/** A kind with one device, which runs nothing. */
class OneDevice implements DeviceProvider, Device {
    private final DeviceInfo info;
    private final int rank;
    int opened;
    int closed;

    /** The kind is what stands before the colon of the name. */
    OneDevice(String name, String description, int rank) {
        this.info = new DeviceInfo(name, description);
        this.rank = rank;
    }

    @Override
    public String kind() {
        return info.name().split(":", 2)[0];
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public Probe probe() {
        return new Probe(List.of(info), "");
    }

    @Override
    public Device open(int index) {
        opened++;
        return this;
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public DeviceNetwork load(NetworkImage image) {
        throw new IllegalStateException("cannot load");
    }

    @Override
    public void close() {
        closed++;
    }
}
