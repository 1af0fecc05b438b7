package dev.octet.runtime.device;

import java.util.List;
import java.util.Objects;

/**
 * Answer of a provider.
 *
 * @param devices devices by index
 * @param reason why there is no device, or empty
 */
public record Probe(List<DeviceInfo> devices, String reason) {
    public Probe {
        devices = List.copyOf(devices);
        Objects.requireNonNull(reason);
        if (devices.isEmpty() == reason.isEmpty()) {
            throw new IllegalArgumentException("either devices or a reason");
        }
    }

    /**
     * A device.
     *
     * @param name name in options, for example {@code cuda:0}
     * @param description hardware and driver, for people
     */
    public record DeviceInfo(String name, String description) {}
}
