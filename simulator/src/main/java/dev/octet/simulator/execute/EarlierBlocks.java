package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;

/**
 * Blocks that run one after the other: each is compared with those before it, which finds every two that meet, and the
 * same ones each time. Where a byte was written, the last block that did is known, and one before it; where it was read by plain loads, the
 * first one is. The first is enough: if it is not the block that runs, it is another one, and if it is, there is none.
 */
final class EarlierBlocks implements OtherBlocks {
    @Override
    public void read(GlobalSpace how, Warp warp, int lane, Allocation allocation, int at, int size) {
        if (how != GlobalSpace.PLAIN) {
            return;
        }
        int self = warp.block().mark();
        int[] readers = allocation.readers();
        int[] writers = allocation.writersSoFar();
        boolean ordered = writers == null || warp.block().isFenced();
        for (int i = at; i < at + size; i++) {
            if (!ordered && writers[i] != 0 && writers[i] != self) {
                throw fault(lane, "reads", allocation, i, writers[i], "written");
            }
            if (readers[i] == 0) {
                readers[i] = self;
            }
        }
    }

    @Override
    public void write(GlobalSpace how, Warp warp, int lane, Allocation allocation, int at, int size, byte[] from) {
        int self = warp.block().mark();
        int[] writers = allocation.writers();
        int[] readers = allocation.readersSoFar();
        boolean ordered = warp.block().isFenced();
        byte[] data = allocation.data();
        for (int i = at; i < at + size; i++) {
            int other = otherWriter(allocation, writers[i], self, i);
            if (!ordered && how != GlobalSpace.COHERENT && other != 0 && data[i] != from[i - at]) {
                throw fault(lane, "writes another value to", allocation, i, other, "written");
            }
            if (!ordered && readers != null && readers[i] != 0 && readers[i] != self) {
                throw fault(lane, "writes", allocation, i, readers[i], "read");
            }
            writers[i] = self;
        }
    }

    /** A block other than the one that runs which has written a byte, and which stays noted; 0 if there is none. */
    private static int otherWriter(Allocation allocation, int last, int self, int i) {
        if (last != 0 && last != self) {
            allocation.earlierWriters()[i] = last;
            return last;
        }
        int[] earlier = allocation.earlierWritersSoFar();
        return last == 0 || earlier == null ? 0 : earlier[i];
    }

    private static Fault fault(int lane, String what, Allocation allocation, int at, int mark, String then) {
        return new Fault(lane, SimulatorCode.BLOCKS_RACE, what, allocation.place(at), mark - 1, then);
    }
}
