package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Asynchronous copies of a warp from global to shared memory that its threads have not waited for. Each lane counts its
 * own groups.
 */
public final class AsyncCopies {
    private final Warp warp;
    private final int[] groups = new int[Registers.LANES];
    private final List<Copy> pending = new ArrayList<>();

    AsyncCopies(Warp warp) {
        this.warp = warp;
    }

    void reset() {
        pending.clear();
    }

    /**
     * An instruction's copies, one for each lane.
     */
    public static final class Copy {
        private final int size;
        private final int[] targets = new int[Registers.LANES];
        private final int[] groups = new int[Registers.LANES];
        private final long[] sources = new long[Registers.LANES];
        private final int[] sourceBytes = new int[Registers.LANES];
        private final byte[] data;
        private final int line;
        private int lanes;

        /**
         * Copies of a number of bytes each, by the instruction that a warp executes.
         */
        public Copy(Warp warp, int size) {
            this.size = size;
            this.line = warp.current().line();
            this.data = new byte[size * Registers.LANES];
        }
    }

    /**
     * Begins the copy of a lane.
     *
     * @param copy copies that this one belongs to
     * @param lane lane
     * @param target address in shared memory
     * @param source address in global memory
     * @param read bytes that are read there; the others are zeros
     * @param from bytes to copy
     */
    public void begin(Copy copy, int lane, long target, long source, int read, byte[] from) {
        int to = BlockSpace.bounded(target);
        warp.shared().beginCopy(warp, lane, to, copy.size);
        copy.targets[lane] = to;
        copy.groups[lane] = groups[lane];
        copy.sources[lane] = source;
        copy.sourceBytes[lane] = read;
        System.arraycopy(from, 0, copy.data, lane * copy.size, copy.size);
        copy.lanes |= 1 << lane;
    }

    /** Refuses a write to bytes of global memory from which a copy that was not waited for may still read. */
    void requireNoSource(int lane, Allocation allocation, int at, int size) {
        long first = allocation.address() + at;
        for (Copy copy : pending) {
            for (int rest = copy.lanes; rest != 0; rest &= rest - 1) {
                int other = Integer.numberOfTrailingZeros(rest);
                long from = Math.max(first, copy.sources[other]);
                if (from < Math.min(first + size, copy.sources[other] + copy.sourceBytes[other])) {
                    String place = allocation.place((int) (from - allocation.address()));
                    throw new Fault(lane, SimulatorCode.ASYNC_SOURCE, place, warp.thread(other), copy.line);
                }
            }
        }
    }

    /** Keeps begun copies until they are waited for. */
    public void add(Copy copy) {
        pending.add(copy);
    }

    /** Ends the group of each lane. */
    public void commit(int lanes) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            groups[Integer.numberOfTrailingZeros(rest)]++;
        }
    }

    /** Waits for all groups of each lane but the last few. */
    public void await(int lanes, int lastFew) {
        land(lanes, lastFew);
    }

    /** Waits for all copies of each lane, those in no group included. */
    public void awaitAll(int lanes) {
        land(lanes, -1);
    }

    private void land(int lanes, int lastFew) {
        Iterator<Copy> copies = pending.iterator();
        while (copies.hasNext()) {
            Copy copy = copies.next();
            for (int rest = copy.lanes & lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                if (copy.groups[lane] < groups[lane] - (long) lastFew) {
                    warp.shared().endCopy(warp, lane, copy.targets[lane], copy.size, copy.data, lane * copy.size);
                    copy.lanes &= ~(1 << lane);
                }
            }
            if (copy.lanes == 0) {
                copies.remove();
            }
        }
    }
}
