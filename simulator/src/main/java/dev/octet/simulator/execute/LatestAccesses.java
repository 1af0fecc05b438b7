package dev.octet.simulator.execute;

import java.util.Arrays;

/**
 * Two accesses of each cell, for blocks of which every barrier orders all warps that have not ended. Two are enough then:
 * accesses that no barrier separates are unordered with each other unless their thread is the same, and the two that are
 * kept have different threads, so that one of them is not the thread's that comes next. Of threads whose warp has ended
 * before a barrier that holds for one only.
 */
final class LatestAccesses extends Accesses {
    private final Clocks clocks;
    private final int[] first;
    private final int[] firstLine;
    private final int[] other;
    private final int[] otherLine;

    LatestAccesses(int cells, Clocks clocks) {
        this.clocks = clocks;
        first = new int[cells];
        firstLine = new int[cells];
        other = new int[cells];
        otherLine = new int[cells];
    }

    @Override
    void note(int cell, int now, int line) {
        if (clocks.precedes(first[cell], now)) {
            first[cell] = now;
            firstLine[cell] = line;
        } else {
            other[cell] = now;
            otherLine[cell] = line;
        }
    }

    @Override
    void noteOnly(int cell, int now, int line) {
        first[cell] = now;
        firstLine[cell] = line;
        other[cell] = 0;
    }

    @Override
    int unordered(int cell, int now) {
        if (!clocks.precedes(first[cell], now)) {
            return first[cell];
        }
        return clocks.precedes(other[cell], now) ? 0 : other[cell];
    }

    @Override
    int line(int cell, int stamp) {
        return stamp == first[cell] ? firstLine[cell] : otherLine[cell];
    }

    @Override
    int only(int cell) {
        return first[cell];
    }

    @Override
    void reset() {
        Arrays.fill(first, 0);
        Arrays.fill(other, 0);
    }
}
