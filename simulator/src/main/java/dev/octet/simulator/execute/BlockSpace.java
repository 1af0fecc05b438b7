package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;
import java.util.Locale;

/** Memory that belongs to a block, a thread or a launch. */
public enum BlockSpace implements AddressSpace {
    /** Shared memory of the block. */
    SHARED {
        @Override
        public void read(Warp warp, int lane, long address, int size, byte[] to) {
            warp.shared().read(warp, lane, bounded(address), size, to, 0);
        }

        @Override
        public void write(Warp warp, int lane, long address, int size, byte[] from) {
            warp.shared().write(warp, lane, bounded(address), size, from);
        }

        @Override
        public void update(Warp warp, int lane, long address, int size, Update update) {
            warp.shared().checkAtomic(warp, lane, bounded(address), size);
            byte[] data = warp.shared().data();
            byte[] value = warp.buffer();
            System.arraycopy(data, (int) address, value, 0, size);
            update.apply(value);
            System.arraycopy(value, 0, data, (int) address, size);
        }
    },

    /** Local memory of each thread. */
    LOCAL {
        @Override
        public void read(Warp warp, int lane, long address, int size, byte[] to) {
            int at = local(warp, lane, address, size);
            for (int i = 0; i < size; i++) {
                if (!warp.localWritten()[at + i]) {
                    throw new Fault(lane, SimulatorCode.UNWRITTEN_MEMORY, size, "local address " + address, i);
                }
            }
            System.arraycopy(warp.local(), at, to, 0, size);
        }

        @Override
        public void write(Warp warp, int lane, long address, int size, byte[] from) {
            int at = local(warp, lane, address, size);
            System.arraycopy(from, 0, warp.local(), at, size);
            Arrays.fill(warp.localWritten(), at, at + size, true);
        }
    },

    /** Constant variables of the module. */
    CONST {
        @Override
        public void read(Warp warp, int lane, long address, int size, byte[] to) {
            copy(lane, "constant", warp.program().constants(), address, size, to);
        }
    },

    /** Parameters of the launch. */
    PARAM {
        @Override
        public void read(Warp warp, int lane, long address, int size, byte[] to) {
            copy(lane, "parameter", warp.block().launch().parameters(), address, size, to);
        }
    };

    /** Its name in messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** No instruction writes to spaces that do not say how; the decoder sees to that. */
    @Override
    public void write(Warp warp, int lane, long address, int size, byte[] from) {
        throw new UnsupportedOperationException("cannot be written: " + this);
    }

    /** An address as an int, those that are too large as one that is out of bounds. */
    static int bounded(long address) {
        return address >= 0 && address <= Integer.MAX_VALUE ? (int) address : Integer.MAX_VALUE;
    }

    private static int local(Warp warp, int lane, long address, int size) {
        int perThread = warp.program().localBytes();
        if (address < 0 || address > perThread - size) {
            String place = "local address " + address + ", of which a thread has " + perThread;
            throw new Fault(lane, SimulatorCode.OUT_OF_BOUNDS, size, place);
        }
        return lane * perThread + (int) address;
    }

    private static void copy(int lane, String what, byte[] from, long address, int size, byte[] to) {
        if (address < 0 || address > from.length - size) {
            String place = what + " address " + address + " of " + from.length;
            throw new Fault(lane, SimulatorCode.OUT_OF_BOUNDS, size, place);
        }
        System.arraycopy(from, (int) address, to, 0, size);
    }
}
