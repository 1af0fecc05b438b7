package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/**
 * Shared memory of a block. Of each byte, or of each word where the kernel accesses whole words only, it knows whether
 * it was written, whether an asynchronous copy is on its way, and who wrote and read it last, in order to report
 * accesses of different threads that no barrier orders. Of the readers since the last write two are remembered, which
 * is enough to find a reader other than the writer. Atomic operations are noted apart, and only if there are any.
 */
final class SharedMemory {
    private static final byte UNWRITTEN = 0;
    private static final byte WRITTEN = 1;
    private static final byte ON_ITS_WAY = 2;

    /** Bytes that are noted of each cell, atomic operations included. */
    private static final int CELL_BYTES = 1 + 10 * Integer.BYTES;

    private final Clocks clocks;
    private final byte[] data;
    private final int shift;
    private final byte[] state;
    private final int[] writer;
    private final int[] writerLine;
    private final int[] reader;
    private final int[] readerLine;
    private final int[] otherReader;
    private final int[] otherReaderLine;

    /** Null as long as there is no atomic operation. */
    private AtomicAccesses atomics;

    SharedMemory(int bytes, boolean bytewise, Clocks clocks) {
        this.clocks = clocks;
        data = new byte[bytes];
        shift = bytewise ? 0 : 2;
        int cells = (bytes >> shift) + 1;
        state = new byte[cells];
        writer = new int[cells];
        writerLine = new int[cells];
        reader = new int[cells];
        readerLine = new int[cells];
        otherReader = new int[cells];
        otherReaderLine = new int[cells];
    }

    /** Bytes of the host's memory that so much takes. */
    static long hostBytes(int bytes, boolean bytewise) {
        return bytes + (long) CELL_BYTES * ((bytewise ? bytes : bytes >> 2) + 1);
    }

    void reset() {
        Arrays.fill(state, UNWRITTEN);
        Arrays.fill(writer, 0);
        Arrays.fill(reader, 0);
        Arrays.fill(otherReader, 0);
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
            if (!clocks.precedes(writer[cell], now)) {
                throw race(lane, "reads", cell, writer[cell], "writes", writerLine[cell]);
            }
            checkAtomics(lane, "reads", cell, now);
            noteReader(cell, now, line);
        }
        System.arraycopy(data, address, to, at, size);
    }

    private void noteReader(int cell, int now, int line) {
        if (clocks.precedes(reader[cell], now)) {
            reader[cell] = now;
            readerLine[cell] = line;
        } else {
            otherReader[cell] = now;
            otherReaderLine[cell] = line;
        }
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
            if (!clocks.precedes(writer[cell], now) && (from == null || differs(cell, address, from))) {
                throw race(lane, "writes", cell, writer[cell], "writes another value to", writerLine[cell]);
            }
            checkReaders(lane, "writes", cell, now);
            checkAtomics(lane, "writes", cell, now);
            state[cell] = WRITTEN;
            writer[cell] = now;
            writerLine[cell] = line;
        }
    }

    private void checkReaders(int lane, String what, int cell, int now) {
        if (!clocks.precedes(reader[cell], now)) {
            throw race(lane, what, cell, reader[cell], "reads", readerLine[cell]);
        }
        if (!clocks.precedes(otherReader[cell], now)) {
            throw race(lane, what, cell, otherReader[cell], "reads", otherReaderLine[cell]);
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

    private void checkAtomics(int lane, String what, int cell, int now) {
        int stamp = atomics == null ? 0 : atomics.unordered(cell, now);
        if (stamp != 0) {
            throw race(lane, what, cell, stamp, "updates atomically", atomics.line(cell, stamp));
        }
    }

    /** An atomic access: ordered with other atomic accesses by itself, with plain ones by barriers only. */
    void checkAtomic(Warp warp, int lane, int address, int size) {
        check(lane, address, size);
        if (atomics == null) {
            atomics = new AtomicAccesses(state.length, clocks);
        }
        int now = clocks.stamp(warp.index(), lane);
        for (int cell = address >> shift; cell <= address + size - 1 >> shift; cell++) {
            if (state[cell] != WRITTEN) {
                throw notWritten(lane, cell, address, size);
            }
            if (!clocks.precedes(writer[cell], now)) {
                throw race(lane, "updates atomically", cell, writer[cell], "writes", writerLine[cell]);
            }
            checkReaders(lane, "updates atomically", cell, now);
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
            writer[cell] = now;
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
        return new Fault(lane, SimulatorCode.ASYNC, what, cell << shift, Clocks.thread(writer[cell]), writerLine[cell]);
    }

    private Fault race(int lane, String now, int cell, int stamp, String then, int line) {
        return new Fault(lane, SimulatorCode.RACE, now, cell << shift, Clocks.thread(stamp), then, line);
    }
}
