package dev.octet.simulator.execute;

/**
 * Atomic operations on the cells of shared memory. They are ordered among themselves, but not with plain accesses. Of
 * those that nothing else orders two are remembered, as of readers.
 */
final class AtomicAccesses {
    private final Clocks clocks;
    private final int[] last;
    private final int[] lastLine;
    private final int[] other;
    private final int[] otherLine;

    AtomicAccesses(int cells, Clocks clocks) {
        this.clocks = clocks;
        last = new int[cells];
        lastLine = new int[cells];
        other = new int[cells];
        otherLine = new int[cells];
    }

    void note(int cell, int now, int line) {
        if (!clocks.precedes(last[cell], now)) {
            other[cell] = last[cell];
            otherLine[cell] = lastLine[cell];
        }
        last[cell] = now;
        lastLine[cell] = line;
    }

    /** Stamp of an operation that does not precede the access of a thread now; 0 if there is none. */
    int unordered(int cell, int now) {
        if (!clocks.precedes(last[cell], now)) {
            return last[cell];
        }
        return clocks.precedes(other[cell], now) ? 0 : other[cell];
    }

    /** Line of a stamp that {@link #unordered} has returned. */
    int line(int cell, int stamp) {
        return stamp == last[cell] ? lastLine[cell] : otherLine[cell];
    }
}
