package dev.octet.runtime.device;

/** A network on a device: immutable, shared by its sessions. Thread-safe. */
public interface DeviceNetwork extends AutoCloseable {
    /** Opens a session. */
    DeviceSession newSession(SessionRequest request);

    /** Whether its sessions can have constants of their own; see {@link SessionRequest#ownConstants}. */
    default boolean hasSessionConstants() {
        return false;
    }

    /** Bytes of device memory that weights and constants hold; sessions not counted. */
    long deviceBytes();

    /** How this device runs the network, for people: for example {@code sm_61 kernels, JIT from PTX}. */
    String description();

    @Override
    void close();

    /**
     * What a session must be able to do.
     *
     * @param batch largest number of images in one run, at most the plan's
     * @param keepValues whether every value keeps its memory until the next run, so that it can be read
     * @param ownConstants whether it computes with constants of its own, by {@link DeviceSession#constants}, which come
     *     before its first run; only if {@link #hasSessionConstants}
     */
    record SessionRequest(int batch, boolean keepValues, boolean ownConstants) {
        /** A session with the network's constants. */
        public SessionRequest(int batch, boolean keepValues) {
            this(batch, keepValues, false);
        }
    }
}
