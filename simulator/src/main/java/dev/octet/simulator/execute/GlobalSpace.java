package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/** Global memory, by plain loads and stores, as constant data ({@code ld.global.nc}), or coherently with other blocks. */
public enum GlobalSpace implements AddressSpace {
    /** Loads and stores that order nothing. */
    PLAIN,
    /** Loads of what nobody writes during the launch. */
    CONSTANT,
    /** Volatile, relaxed and stronger accesses. */
    COHERENT;

    /** Marks the stamps of coherent writes. */
    private static final int STRONG = Integer.MIN_VALUE;

    @Override
    public void read(Warp warp, int lane, long address, int size, byte[] to) {
        Allocation allocation = find(warp, lane, address, size);
        int at = (int) (address - allocation.address());
        warp.requireEarlierKernels(lane, allocation, at);
        if (!allocation.isReadOnly()) {
            noteRead(warp, lane, allocation, at, size);
        }
        int unwritten = allocation.firstUnwritten(at, size);
        if (unwritten >= 0) {
            String place = "address 0x%x, %s"
                    .formatted(address, warp.block().launch().memory().describe(address));
            throw new Fault(lane, SimulatorCode.UNWRITTEN_MEMORY, size, place, unwritten);
        }
        System.arraycopy(allocation.data(), at, to, 0, size);
    }

    /** What the host has protected nobody writes, so that it needs no notes. */
    private void noteRead(Warp warp, int lane, Allocation allocation, int at, int size) {
        warp.block().others().read(this, warp, lane, allocation, at, size);
        if (this != CONSTANT) {
            return;
        }
        Arrays.fill(allocation.constant(), at, at + size, (byte) 1);
        int[] writers = allocation.writersSoFar();
        for (int i = at; writers != null && i < at + size; i++) {
            if (writers[i] != 0) {
                throw constantWritten(lane, allocation, i);
            }
        }
    }

    @Override
    public void write(Warp warp, int lane, long address, int size, byte[] from) {
        Allocation allocation = find(warp, lane, address, size);
        int at = (int) (address - allocation.address());
        noteWrite(warp, lane, allocation, at, size, from);
        System.arraycopy(from, 0, allocation.data(), at, size);
        allocation.markWritten(at, size);
    }

    private void noteWrite(Warp warp, int lane, Allocation allocation, int at, int size, byte[] from) {
        if (allocation.isReadOnly()) {
            throw new Fault(lane, SimulatorCode.READ_ONLY, allocation.place(at), "which the host has protected");
        }
        warp.requireEarlierKernels(lane, allocation, at);
        warp.block().requireNoPendingSource(lane, allocation, at, size);
        compareThreads(warp, lane, allocation, at, size, from);
        warp.block().others().write(this, warp, lane, allocation, at, size, from);
        byte[] constant = allocation.constantSoFar();
        for (int i = at; constant != null && i < at + size; i++) {
            if (constant[i] != 0) {
                throw constantWritten(lane, allocation, i);
            }
        }
    }

    /**
     * Compares a write with those by other threads of the same block, and notes it. Two strong ones have some order. Of
     * threads that nothing orders, which have written the same value or strongly, the first and the last are known; with
     * barriers of some warps only, what those between have written may pass unseen.
     */
    private void compareThreads(Warp warp, int lane, Allocation allocation, int at, int size, byte[] from) {
        int[] writers = allocation.writers();
        int[] stamps = allocation.stamps();
        byte[] data = allocation.data();
        int self = warp.block().mark();
        int now = warp.block().clocks().stamp(warp.index(), lane);
        for (int i = at; i < at + size; i++) {
            int[] others = allocation.otherStampsSoFar();
            int then = writers[i] == self ? stamps[i] : 0;
            int other = then != 0 && others != null ? others[i] : 0;
            if (data[i] != from[i - at]) {
                requireOrder(warp, lane, then, now, allocation, i);
                requireOrder(warp, lane, other, now, allocation, i);
            }
            if (warp.block().clocks().precedes(then & ~STRONG, now)) {
                stamps[i] = stamp(then, now);
                if (then == 0 && others != null) {
                    others[i] = 0;
                }
            } else {
                allocation.otherStamps()[i] = stamp(other, now);
            }
        }
    }

    /** A strong write after a plain one of the same thread leaves that one noted, since others must not meet it either. */
    private int stamp(int then, int now) {
        return this == COHERENT && then != now ? now | STRONG : now;
    }

    private void requireOrder(Warp warp, int lane, int then, int now, Allocation allocation, int at) {
        if (!isOrdered(warp, then, now)) {
            int thread = Clocks.thread(then & ~STRONG);
            throw new Fault(lane, SimulatorCode.GLOBAL_RACE, allocation.place(at), thread);
        }
    }

    private boolean isOrdered(Warp warp, int then, int now) {
        boolean bothStrong = this == COHERENT && (then & STRONG) != 0;
        return bothStrong || warp.block().clocks().precedes(then & ~STRONG, now);
    }

    @Override
    public void update(Warp warp, int lane, long address, int size, Update update) {
        // Nobody comes in between: blocks that use the same bytes run one after the other.
        byte[] value = warp.buffer();
        COHERENT.read(warp, lane, address, size, value);
        update.apply(value);
        COHERENT.write(warp, lane, address, size, value);
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
                allocation.place(at),
                "which is read with '.nc' in the same launch, or the other way round");
    }
}
