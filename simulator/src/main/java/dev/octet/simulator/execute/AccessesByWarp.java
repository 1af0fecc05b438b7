package dev.octet.simulator.execute;

import java.util.Arrays;

/**
 * Accesses of each cell by warp, for blocks with barriers of some of their warps. Of every warp those of its latest
 * interval are known, of up to two threads: whoever is ordered behind the interval is ordered behind those before it,
 * and of two threads one is not the thread's that comes next. Nothing that matters is forgotten, as in the vectors of
 * reads of FastTrack (see {@link Clocks}).
 */
final class AccessesByWarp extends Accesses {
    private final Clocks clocks;
    private final int warps;
    private final int[] first;
    private final int[] firstLine;
    private final int[] other;
    private final int[] otherLine;

    AccessesByWarp(int cells, Clocks clocks) {
        this.clocks = clocks;
        warps = clocks.warps();
        first = new int[cells * warps];
        firstLine = new int[cells * warps];
        other = new int[cells * warps];
        otherLine = new int[cells * warps];
    }

    @Override
    void note(int cell, int now, int line) {
        int i = cell * warps + Clocks.warp(now);
        if (Clocks.interval(first[i]) < Clocks.interval(now)) {
            first[i] = now;
            firstLine[i] = line;
            other[i] = 0;
        } else if (first[i] != now) {
            other[i] = now;
            otherLine[i] = line;
        }
    }

    @Override
    void noteOnly(int cell, int now, int line) {
        Arrays.fill(first, cell * warps, (cell + 1) * warps, 0);
        Arrays.fill(other, cell * warps, (cell + 1) * warps, 0);
        note(cell, now, line);
    }

    @Override
    int unordered(int cell, int now) {
        for (int i = cell * warps; i < (cell + 1) * warps; i++) {
            if (!clocks.precedes(first[i], now)) {
                return first[i];
            } else if (!clocks.precedes(other[i], now)) {
                return other[i];
            }
        }
        return 0;
    }

    @Override
    int line(int cell, int stamp) {
        int i = cell * warps + Clocks.warp(stamp);
        return stamp == first[i] ? firstLine[i] : otherLine[i];
    }

    @Override
    int only(int cell) {
        for (int i = cell * warps; i < (cell + 1) * warps; i++) {
            if (first[i] != 0) {
                return first[i];
            }
        }
        return 0;
    }

    @Override
    void reset() {
        Arrays.fill(first, 0);
        Arrays.fill(other, 0);
    }
}
