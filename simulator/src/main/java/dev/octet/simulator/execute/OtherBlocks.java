package dev.octet.simulator.execute;

/** Compares a block's accesses to global memory with those of other blocks of the launch, and notes them. */
interface OtherBlocks {
    /**
     * Before a block reads.
     *
     * @param how kind of access
     * @param warp warp that reads
     * @param lane lane that reads
     * @param allocation where
     * @param at first byte in it
     * @param size bytes
     */
    void read(GlobalSpace how, Warp warp, int lane, Allocation allocation, int at, int size);

    /**
     * Before a block writes.
     *
     * @param how kind of access
     * @param warp warp that writes
     * @param lane lane that writes
     * @param allocation where
     * @param at first byte in it
     * @param size bytes
     * @param from the bytes
     */
    void write(GlobalSpace how, Warp warp, int lane, Allocation allocation, int at, int size, byte[] from);
}
