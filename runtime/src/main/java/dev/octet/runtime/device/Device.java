package dev.octet.runtime.device;

/** An open device. Thread-safe. */
public interface Device extends AutoCloseable {
    /** Name and description. */
    Probe.DeviceInfo info();

    /**
     * Loads a network: weights, constants and kernels, shared by its sessions. Throws
     * {@link dev.octet.plan.diag.OctetException} with a code if the device cannot run it.
     */
    DeviceNetwork load(NetworkImage image);

    @Override
    void close();
}
