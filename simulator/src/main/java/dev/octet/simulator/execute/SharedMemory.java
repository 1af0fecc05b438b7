package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/**
 * Shared memory of a block. Of each byte, or of each word where the kernel accesses whole words only, it knows whether
 * it was written, whether an asynchronous copy is on its way, and who wrote and read it, as far as that may be unordered
 * with what comes ({@link Accesses}), in order to report accesses of different threads that no barrier orders. Of several
 * threads that wrote the same value all count. Atomic operations are noted apart, and only if there are any.
 */
final class SharedMemory {
    private static final byte UNWRITTEN = 0;
    private static final byte WRITTEN = 1;
    private static final byte ON_ITS_WAY = 2;

    /** Writes, reads and atomic operations. */
    private static final int KINDS = 3;

    private final Clocks clocks;
    private final boolean byWarp;
    private final byte[] data;
    private final int shift;
    private final byte[] state;
    private final Accesses writes;
    private final Accesses reads;

    /** Null as long as there is no atomic operation. */
    private Accesses atomics;

    SharedMemory(int bytes, Program program, Clocks clocks) {
        this.clocks = clocks;
        byWarp = program.partialBarriers();
        data = new byte[bytes];
        shift = shift(program);
        state = new byte[cells(bytes, shift)];
        writes = Accesses.of(state.length, clocks, byWarp);
        reads = Accesses.of(state.length, clocks, byWarp);
    }

    private static int shift(Program program) {
        return program.bytewiseShared() ? 0 : 2;
    }

    private static int cells(int bytes, int shift) {
        return (bytes >> shift) + 1;
    }

    /** Bytes of the host's memory that so much takes, atomic operations included. */
    static long hostBytes(int bytes, Program program, int warps) {
        int cell = 1 + KINDS * Accesses.cellBytes(warps, program.partialBarriers());
        return bytes + (long) cell * cells(bytes, shift(program));
    }

    void reset() {
        Arrays.fill(state, UNWRITTEN);
        writes.reset();
        reads.reset();
        atomics = null;
    }

    int bytes() {
        return data.length;
    }

    void read(Warp warp, int lane, int address, int size, byte[] to, int at) {
        check(lane, address, size);
        int now = clocks.stamp(warp.index(), lane);
        int line = warp.current().line();
        int end = address + size - 1 >> shift;
        for (int cell = address >> shift; cell <= end; cell++) {
            if (state[cell] != WRITTEN) {
                throw notWritten(lane, cell, address, size);
            }
            check(writes, "writes", lane, "reads", cell, now);
            check(atomics, "updates atomically", lane, "reads", cell, now);
            reads.note(cell, now, line);
        }
        System.arraycopy(data, address, to, at, size);
    }

    void write(Warp warp, int lane, int address, int size, byte[] from) {
        claim(warp, lane, address, size, from);
        System.arraycopy(from, 0, data, address, size);
    }

    /** Checks and notes a write. Where the same bytes stand already, it may follow another write without a barrier. */
    private void claim(Warp warp, int lane, int address, int size, byte[] from) {
        check(lane, address, size);
        int now = clocks.stamp(warp.index(), lane);
        int line = warp.current().line();
        int end = address + size - 1 >> shift;
        for (int cell = address >> shift; cell <= end; cell++) {
            if (state[cell] == ON_ITS_WAY) {
                throw onItsWay(lane, "overwrites", cell);
            }
            check(reads, "reads", lane, "writes", cell, now);
            check(atomics, "updates atomically", lane, "writes", cell, now);
            if (writes.unordered(cell, now) == 0) {
                writes.noteOnly(cell, now, line);
            } else if (from == null || differs(cell, address, from)) {
                check(writes, "writes another value to", lane, "writes", cell, now);
            } else {
                writes.note(cell, now, line);
            }
            state[cell] = WRITTEN;
        }
    }

    /** Refuses an access that is not ordered with one of those noted. */
    private void check(Accesses noted, String then, int lane, String what, int cell, int now) {
        int stamp = noted == null ? 0 : noted.unordered(cell, now);
        if (stamp != 0) {
            int line = noted.line(cell, stamp);
            throw new Fault(lane, SimulatorCode.RACE, what, cell << shift, Clocks.thread(stamp), then, line);
        }
    }

    private boolean differs(int cell, int address, byte[] from) {
        int first = cell << shift;
        for (int i = first; i < first + (1 << shift); i++) {
            if (data[i] != from[i - address]) {
                return true;
            }
        }
        return false;
    }

    /** An atomic access: ordered with other atomic accesses by itself, with plain ones by barriers only. */
    void checkAtomic(Warp warp, int lane, int address, int size) {
        check(lane, address, size);
        if (atomics == null) {
            atomics = Accesses.of(state.length, clocks, byWarp);
        }
        int now = clocks.stamp(warp.index(), lane);
        for (int cell = address >> shift; cell <= address + size - 1 >> shift; cell++) {
            if (state[cell] != WRITTEN) {
                throw notWritten(lane, cell, address, size);
            }
            check(writes, "writes", lane, "updates atomically", cell, now);
            check(reads, "reads", lane, "updates atomically", cell, now);
            atomics.note(cell, now, warp.current().line());
        }
    }

    /** The bytes, for atomic accesses that are checked. */
    byte[] data() {
        return data;
    }

    /** Begins an asynchronous copy: until it has landed nobody may use the bytes. */
    void beginCopy(Warp warp, int lane, int address, int size) {
        claim(warp, lane, address, size, null);
        Arrays.fill(state, address >> shift, (address + size - 1 >> shift) + 1, ON_ITS_WAY);
    }

    /** Ends an asynchronous copy: its bytes are as if its thread wrote them now. */
    void endCopy(Warp warp, int lane, int address, int size, byte[] from, int at) {
        System.arraycopy(from, at, data, address, size);
        int now = clocks.stamp(warp.index(), lane);
        for (int cell = address >> shift; cell <= address + size - 1 >> shift; cell++) {
            state[cell] = WRITTEN;
            writes.noteOnly(cell, now, writes.line(cell, writes.only(cell)));
        }
    }

    void check(int lane, int address, int size) {
        if (address < 0 || address > data.length - size) {
            String place = "shared address " + address + ", of which the block has " + data.length;
            throw new Fault(lane, SimulatorCode.OUT_OF_BOUNDS, size, place);
        }
    }

    private Fault notWritten(int lane, int cell, int address, int size) {
        if (state[cell] == ON_ITS_WAY) {
            return onItsWay(lane, "reads", cell);
        }
        int first = Math.max(0, (cell << shift) - address);
        return new Fault(lane, SimulatorCode.UNWRITTEN_MEMORY, size, "shared address " + address, first);
    }

    private Fault onItsWay(int lane, String what, int cell) {
        int stamp = writes.only(cell);
        int line = writes.line(cell, stamp);
        return new Fault(lane, SimulatorCode.ASYNC, what, cell << shift, Clocks.thread(stamp), line);
    }
}
