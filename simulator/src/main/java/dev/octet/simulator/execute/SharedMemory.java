package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/**
 * Shared memory of a block. Of each byte, or of each word where the kernel accesses whole words only, it knows whether
 * it was written, whether an asynchronous copy is on its way, and who wrote and read it, as far as that may be unordered
 * with what comes ({@link Accesses}), in order to report accesses of different threads that no barrier orders. Of several
 * threads that wrote the same value all count. Atomic operations are noted apart, and only if there are any; what products of
 * warpgroups read only in kernels that have some.
 */
final class SharedMemory {
    private static final byte UNWRITTEN = 0;
    private static final byte WRITTEN = 1;
    private static final byte ON_ITS_WAY = 2;

    /** Writes, reads and atomic operations. */
    private static final int KINDS = 3;

    /** Numbers that are kept of each cell for products of warpgroups. */
    private static final int PRODUCT_INTS = 4;

    private final Clocks clocks;
    private final boolean byWarp;
    private final byte[] data;
    private final int shift;
    private final byte[] state;
    private final Accesses writes;
    private final Accesses reads;

    /** Null as long as there is no atomic operation. */
    private Accesses atomics;

    /** How many products that are not waited for read a cell; null if the kernel has no products of warpgroups. */
    private final int[] users;

    /** Lines of the products that began last to read cells. */
    private final int[] userLines;

    private final ProxyFences proxyFences;

    SharedMemory(int bytes, Program program, Clocks clocks) {
        this.clocks = clocks;
        byWarp = program.traits().partialBarriers();
        data = new byte[bytes];
        shift = shift(program);
        state = new byte[cells(bytes, shift)];
        writes = Accesses.of(state.length, clocks, byWarp);
        reads = Accesses.of(state.length, clocks, byWarp);
        boolean products = program.traits().warpgroupProducts();
        users = products ? new int[state.length] : null;
        userLines = products ? new int[state.length] : null;
        proxyFences = products ? new ProxyFences(state.length, clocks) : null;
    }

    private static int shift(Program program) {
        return program.traits().bytewiseShared() ? 0 : 2;
    }

    private static int cells(int bytes, int shift) {
        return (bytes >> shift) + 1;
    }

    /** Bytes of the host's memory that so much takes, atomic operations included. */
    static long hostBytes(int bytes, Program program, int warps) {
        int cell = 1
                + KINDS * Accesses.cellBytes(warps, program.traits().partialBarriers())
                + (program.traits().warpgroupProducts() ? PRODUCT_INTS * Integer.BYTES : 0);
        return bytes + (long) cell * cells(bytes, shift(program));
    }

    void reset() {
        Arrays.fill(state, UNWRITTEN);
        writes.reset();
        reads.reset();
        atomics = null;
        if (users != null) {
            Arrays.fill(users, 0);
            proxyFences.reset();
        }
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
            requireWritten(lane, cell, address, size, now);
            reads.note(cell, now, line);
        }
        System.arraycopy(data, address, to, at, size);
    }

    /** Refuses to read what was not written, or by a write that is not ordered with this. */
    private void requireWritten(int lane, int cell, int address, int size, int now) {
        if (state[cell] != WRITTEN) {
            throw notWritten(lane, cell, address, size);
        }
        check(writes, "writes", lane, "reads", cell, now);
        check(atomics, "updates atomically", lane, "reads", cell, now);
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
            requireUnused(lane, cell, now);
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

    /** Refuses a write to what a product has yet to read, and notes it for the products that follow. */
    private void requireUnused(int lane, int cell, int now) {
        if (users == null) {
            return;
        } else if (users[cell] != 0) {
            throw new Fault(lane, SimulatorCode.OPERAND_IN_USE, cell << shift, userLines[cell]);
        }
        proxyFences.write(cell, now);
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
            requireUnused(lane, cell, now);
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
            if (users != null) {
                proxyFences.write(cell, now);
            }
        }
    }

    /** A product begins to read: until it has ended nobody may write here. */
    void beginUse(Warp warp, int address, int size) {
        check(0, address, size);
        int now = clocks.stamp(warp.index(), 0);
        for (int cell = address >> shift; cell <= address + size - 1 >> shift; cell++) {
            requireWritten(0, cell, address, size, now);
            if (!proxyFences.isSeen(cell, now)) {
                throw new Fault(0, SimulatorCode.PROXY_FENCE, cell << shift, proxyFences.writer(cell));
            }
            reads.note(cell, now, warp.current().line());
            users[cell]++;
            userLines[cell] = warp.current().line();
        }
    }

    /** A product reads, and ends reading. */
    void endUse(Warp warp, int address, int size, byte[] to) {
        int now = clocks.stamp(warp.index(), 0);
        for (int cell = address >> shift; cell <= address + size - 1 >> shift; cell++) {
            reads.note(cell, now, userLines[cell]);
            users[cell]--;
        }
        System.arraycopy(data, address, to, 0, size);
    }

    /** What a thread has written so far is seen by products, once a barrier orders this with them. */
    void proxyFence(Warp warp, int lane) {
        if (proxyFences != null) {
            proxyFences.fence(clocks.stamp(warp.index(), lane));
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
