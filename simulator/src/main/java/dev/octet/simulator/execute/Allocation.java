package dev.octet.simulator.execute;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An allocation of the device's memory. Of each byte it knows whether it was written, and, during a launch, which blocks
 * and threads wrote it, which blocks read it, and whether it was read as constant; all this is kept only if it occurs.
 */
final class Allocation {
    /** Contains no address. */
    static final Allocation NONE = new Allocation(0, 0);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_WRITTEN = 0x0101010101010101L;

    private final long address;
    private final byte[] data;
    private final byte[] written;
    private boolean readOnly;

    /** Mark of the block that wrote a byte. */
    private volatile int[] writers;

    /** Stamp of the thread of that block that wrote it; made with {@link #writers}, whose readers see it therefore. */
    private int[] stamps;

    /** Stamp of another thread of that block that wrote the byte with nothing to order both; 0 for none. */
    private volatile int[] otherStamps;

    /** Mark of a block that wrote a byte before the last one did; 0 for none. */
    private int[] earlierWriters;

    /** Mark of a block that read a byte. */
    private volatile int[] readers;

    private volatile byte[] constant;
    private byte[] formerData;
    private byte[] formerWritten;

    Allocation(long address, int size) {
        this.address = address;
        this.data = new byte[size];
        this.written = new byte[size];
    }

    long address() {
        return address;
    }

    int size() {
        return data.length;
    }

    boolean contains(long first, long size) {
        return first >= address && size <= data.length && first - address <= data.length - size;
    }

    byte[] data() {
        return data;
    }

    void markWritten(int at, int size) {
        Arrays.fill(written, at, at + size, (byte) 1);
    }

    void markUnwritten(int at, int size) {
        Arrays.fill(written, at, at + size, (byte) 0);
    }

    /** The first byte from {@code at} on that was never written; -1 if there is none. */
    int firstUnwritten(int at, int size) {
        int i = at;
        for (; i + Long.BYTES <= at + size; i += Long.BYTES) {
            if ((long) LONGS.get(written, i) != EIGHT_WRITTEN) {
                break;
            }
        }
        for (; i < at + size; i++) {
            if (written[i] == 0) {
                return i - at;
            }
        }
        return -1;
    }

    /** A byte of it, as messages name it. */
    String place(int at) {
        return "byte %d of the allocation of %d bytes at 0x%x".formatted(at, data.length, address);
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void setReadOnly() {
        readOnly = true;
    }

    /** Begins to note who writes, keeping what the launch found. */
    int[] writers() {
        int[] present = writers;
        return present != null ? present : firstWrite();
    }

    private synchronized int[] firstWrite() {
        if (writers == null) {
            formerData = data.clone();
            formerWritten = written.clone();
            stamps = new int[data.length];
            writers = new int[data.length];
        }
        return writers;
    }

    /** Who has written in this launch; null if nobody has. */
    int[] writersSoFar() {
        return writers;
    }

    /** Which threads have written, where {@link #writers} says which block has. */
    int[] stamps() {
        return stamps;
    }

    /** Begins to note other threads of the block that has written. */
    int[] otherStamps() {
        int[] present = otherStamps;
        return present != null ? present : firstOtherStamp();
    }

    private synchronized int[] firstOtherStamp() {
        if (otherStamps == null) {
            otherStamps = new int[data.length];
        }
        return otherStamps;
    }

    /** Which other threads of the block have written in this launch; null if none has. */
    int[] otherStampsSoFar() {
        return otherStamps;
    }

    /** Begins to note which blocks wrote before the last one that did. Only for blocks that run one after the other. */
    int[] earlierWriters() {
        if (earlierWriters == null) {
            earlierWriters = new int[data.length];
        }
        return earlierWriters;
    }

    /** Which blocks wrote before the last one that did in this launch; null if none has. */
    int[] earlierWritersSoFar() {
        return earlierWriters;
    }

    /** Begins to note who reads. */
    int[] readers() {
        int[] present = readers;
        return present != null ? present : firstRead();
    }

    private synchronized int[] firstRead() {
        if (readers == null) {
            readers = new int[data.length];
        }
        return readers;
    }

    /** Who has read in this launch; null if nobody has. */
    int[] readersSoFar() {
        return readers;
    }

    /** Begins to note what is read as constant. */
    byte[] constant() {
        byte[] present = constant;
        return present != null ? present : firstConstant();
    }

    private synchronized byte[] firstConstant() {
        if (constant == null) {
            constant = new byte[data.length];
        }
        return constant;
    }

    /** What has been read as constant in this launch; null if nothing has. */
    byte[] constantSoFar() {
        return constant;
    }

    /** Takes back what a launch has done. */
    synchronized void restore() {
        if (writers != null) {
            System.arraycopy(formerData, 0, data, 0, data.length);
            System.arraycopy(formerWritten, 0, written, 0, data.length);
        }
        endLaunch();
    }

    /** Forgets what was kept for a launch. */
    synchronized void endLaunch() {
        writers = null;
        stamps = null;
        otherStamps = null;
        earlierWriters = null;
        readers = null;
        constant = null;
        formerData = null;
        formerWritten = null;
    }
}
