package dev.octet.simulator.execute;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Blocks that run at the same time on several threads: none may touch a byte that another one writes, in whatever way.
 * Then each sees what it would see if all ran one after the other, and the outcome is the same. If two meet, at least
 * one of them notices, for each notes what it does before it looks at what others did, and both are volatile accesses,
 * which have one order. Whether they were allowed to meet is not decided here: see {@link EarlierBlocks}.
 */
final class ConcurrentBlocks implements OtherBlocks {
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    /** Marks bytes that several blocks have read. */
    private static final int SEVERAL = Integer.MIN_VALUE;

    /** Two blocks have met. */
    static final class Meeting extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Meeting() {
            super("two blocks have met in global memory", null, false, false);
        }
    }

    @Override
    public void read(GlobalSpace how, Warp warp, int lane, Allocation allocation, int at, int size) {
        read(allocation, at, size, warp.block().mark());
    }

    @Override
    public void write(GlobalSpace how, Warp warp, int lane, Allocation allocation, int at, int size, byte[] from) {
        write(allocation, at, size, warp.block().mark());
    }

    static void read(Allocation allocation, int at, int size, int self) {
        int[] readers = allocation.readers();
        for (int i = at; i < at + size; i++) {
            noteReader(readers, i, self);
        }
        int[] writers = allocation.writersSoFar();
        for (int i = at; writers != null && i < at + size; i++) {
            int writer = (int) INTS.getVolatile(writers, i);
            if (writer != 0 && writer != self) {
                throw new Meeting();
            }
        }
    }

    private static void noteReader(int[] readers, int i, int self) {
        int reader = (int) INTS.getVolatile(readers, i);
        while (reader != self && (reader & SEVERAL) == 0) {
            int both = reader == 0 ? self : SEVERAL;
            int found = (int) INTS.compareAndExchange(readers, i, reader, both);
            if (found == reader) {
                return;
            }
            reader = found;
        }
    }

    static void write(Allocation allocation, int at, int size, int self) {
        int[] writers = allocation.writers();
        for (int i = at; i < at + size; i++) {
            int writer = (int) INTS.getVolatile(writers, i);
            if (writer != self && (writer != 0 || !INTS.compareAndSet(writers, i, 0, self))) {
                throw new Meeting();
            }
        }
        int[] readers = allocation.readersSoFar();
        for (int i = at; readers != null && i < at + size; i++) {
            int reader = (int) INTS.getVolatile(readers, i);
            if (reader != 0 && reader != self) {
                throw new Meeting();
            }
        }
    }
}
