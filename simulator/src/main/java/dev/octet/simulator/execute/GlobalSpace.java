package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.lang.invoke.VarHandle;

/**
 * Global memory, by plain loads and stores, as constant data ({@code ld.global.nc}), or coherently with other blocks.
 * Blocks note what they do before they look at what others have done, so that of two that meet at least one sees it.
 */
public enum GlobalSpace implements AddressSpace {
    /** Loads and stores that order nothing. */
    PLAIN,
    /** Loads of what nobody writes during the launch. */
    CONSTANT,
    /** Volatile, relaxed and stronger accesses. */
    COHERENT;

    @Override
    public void read(Warp warp, int lane, long address, int size, byte[] to) {
        Allocation allocation = find(warp, lane, address, size);
        int at = (int) (address - allocation.address());
        if (this == CONSTANT) {
            byte[] constant = allocation.constant();
            for (int i = at; i < at + size; i++) {
                constant[i] = 1;
            }
            VarHandle.fullFence();
        }
        if (allocation.writersSoFar() != null) {
            checkWriters(warp, lane, allocation, at, size);
        }
        int unwritten = allocation.firstUnwritten(at, size);
        if (unwritten >= 0) {
            String place = "address 0x%x, %s"
                    .formatted(address, warp.block().launch().memory().describe(address));
            throw new Fault(lane, SimulatorCode.UNWRITTEN_MEMORY, size, place, unwritten);
        }
        System.arraycopy(allocation.data(), at, to, 0, size);
    }

    private void checkWriters(Warp warp, int lane, Allocation allocation, int at, int size) {
        int[] writers = allocation.writersSoFar();
        int self = warp.block().number() + 1;
        for (int i = at; i < at + size; i++) {
            if (writers[i] == 0) {
                continue;
            }
            if (this == CONSTANT) {
                throw constantWritten(lane, allocation, i);
            }
            if (this == PLAIN && writers[i] != self && !warp.block().isFenced()) {
                throw new Fault(lane, SimulatorCode.BLOCKS_RACE, "reads", place(allocation, i), writers[i] - 1);
            }
        }
    }

    @Override
    public void write(Warp warp, int lane, long address, int size, byte[] from) {
        Allocation allocation = find(warp, lane, address, size);
        int at = (int) (address - allocation.address());
        claim(warp, lane, allocation, at, size, from);
        System.arraycopy(from, 0, allocation.data(), at, size);
        allocation.markWritten(at, size);
    }

    /** Checks and notes a write; where the same bytes stand already, blocks may meet. */
    private void claim(Warp warp, int lane, Allocation allocation, int at, int size, byte[] from) {
        if (allocation.isReadOnly()) {
            throw new Fault(lane, SimulatorCode.READ_ONLY, place(allocation, at), "which the host has protected");
        }
        int[] writers = allocation.writers();
        int self = warp.block().number() + 1;
        byte[] data = allocation.data();
        for (int i = at; i < at + size; i++) {
            int writer = writers[i];
            boolean alone = writer == 0
                    || writer == self
                    || this == COHERENT
                    || warp.block().isFenced();
            if (!alone && data[i] != from[i - at]) {
                throw new Fault(
                        lane, SimulatorCode.BLOCKS_RACE, "writes another value to", place(allocation, i), writer - 1);
            }
            writers[i] = self;
        }
        VarHandle.fullFence();
        byte[] constant = allocation.constantSoFar();
        for (int i = at; constant != null && i < at + size; i++) {
            if (constant[i] != 0) {
                throw constantWritten(lane, allocation, i);
            }
        }
    }

    @Override
    public void update(Warp warp, int lane, long address, int size, Update update) {
        Allocation allocation = find(warp, lane, address, size);
        synchronized (allocation) {
            byte[] value = warp.buffer();
            COHERENT.read(warp, lane, address, size, value);
            update.apply(value);
            COHERENT.write(warp, lane, address, size, value);
        }
    }

    private static Allocation find(Warp warp, int lane, long address, int size) {
        Allocation recent = warp.recent();
        if (recent.contains(address, size)) {
            return recent;
        }
        GlobalMemory memory = warp.block().launch().memory();
        Allocation found = memory.find(address, size);
        if (found == null) {
            String place = "address 0x%x, %s".formatted(address, memory.describe(address));
            throw new Fault(lane, SimulatorCode.OUT_OF_BOUNDS, size, place);
        }
        warp.setRecent(found);
        return found;
    }

    private static Fault constantWritten(int lane, Allocation allocation, int at) {
        return new Fault(
                lane,
                SimulatorCode.READ_ONLY,
                place(allocation, at),
                "which is read with '.nc' in the same launch, or the other way round");
    }

    private static String place(Allocation allocation, int at) {
        return "byte %d of the allocation of %d bytes at 0x%x".formatted(at, allocation.size(), allocation.address());
    }
}
