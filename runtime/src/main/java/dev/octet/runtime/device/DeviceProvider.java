package dev.octet.runtime.device;

/**
 * Finds and opens the devices of one kind; found by {@link java.util.ServiceLoader}. Constructing a provider and
 * {@link #probe} must work on every machine: a missing driver is an answer, not an exception.
 */
public interface DeviceProvider {
    /** First part of device names, for example {@code cpu} or {@code cuda}. */
    String kind();

    /**
     * Preference for {@code best}: the highest kind with a device wins. A kind below zero never does: its devices are
     * opened by name only.
     */
    int rank();

    /** Which devices are here, or why there are none. */
    Probe probe();

    /** Opens the device with the given index in {@link Probe#devices}. */
    Device open(int index);
}
