package dev.octet.runtime.device;

import dev.octet.plan.diag.OctetException;
import java.util.Optional;

/** An open device. Thread-safe. */
public interface Device extends AutoCloseable {
    /** Name and description. */
    Probe.DeviceInfo info();

    /**
     * Why this device cannot run a network with which nothing is wrong otherwise: it has no kernels for this device, or
     * kernels that this device has not the means for. Whoever asked for any device, not for this one, may then try
     * another.
     *
     * @return what {@link #load} would throw; empty if there is no such reason, though {@code load} may fail for others
     */
    default Optional<OctetException> objection(NetworkImage image) {
        return Optional.empty();
    }

    /**
     * The GPU that times of kernels are of; its sessions have {@link DeviceSession#replays}.
     *
     * @return empty if the device runs no kernels, or has no clock whose times mean anything
     */
    default Optional<ClockedGpu> clockedGpu() {
        return Optional.empty();
    }

    /**
     * Loads a network: weights, constants and kernels, shared by its sessions. Throws
     * {@link OctetException} with a code if the device cannot run it.
     */
    DeviceNetwork load(NetworkImage image);

    @Override
    void close();
}
