package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;

/** A kind of memory as the threads see it: bounds, what was written, and who else uses it are checked. */
public interface AddressSpace {
    /**
     * Reads.
     *
     * @param warp warp
     * @param lane lane whose address it is
     * @param address first byte, aligned
     * @param size bytes, at most 16
     * @param to where to put them
     */
    void read(Warp warp, int lane, long address, int size, byte[] to);

    /**
     * Writes.
     *
     * @param warp warp
     * @param lane lane whose address it is
     * @param address first byte, aligned
     * @param size bytes, at most 16
     * @param from the bytes
     */
    void write(Warp warp, int lane, long address, int size, byte[] from);

    /**
     * Reads bytes, computes others from them, and writes those, with nobody in between.
     *
     * @param warp warp
     * @param lane lane whose address it is
     * @param address first byte, aligned
     * @param size bytes, 4 or 8
     * @param update computes the new value in place of the old one in an array of 16 bytes
     */
    default void update(Warp warp, int lane, long address, int size, Update update) {
        throw new Fault(lane, SimulatorCode.UNDEFINED, "an atomic operation at " + this + " address " + address);
    }

    /** Computes a new value from an old one. */
    @FunctionalInterface
    interface Update {
        /** Replaces the value at the start of an array. */
        void apply(byte[] value);
    }

    /** Refuses addresses that are not a multiple of the access. */
    static void requireAligned(int lane, long address, int size) {
        if ((address & size - 1) != 0) {
            throw new Fault(lane, SimulatorCode.MISALIGNED, address, size);
        }
    }
}
