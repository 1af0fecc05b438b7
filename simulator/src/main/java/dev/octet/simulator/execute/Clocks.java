package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/**
 * What happens before what in a block: vector clocks by warp (Flanagan and Freund, "FastTrack", PLDI 2009). Each warp
 * counts intervals between synchronisations; an access is stamped with its thread and its warp's interval, and precedes
 * everything that a warp does after it has heard of a later interval.
 */
final class Clocks {
    private static final int THREAD_BITS = 10;
    private static final int MOST_INTERVALS = 1 << 31 - THREAD_BITS;

    private final int[][] heard;

    Clocks(int warps) {
        heard = new int[warps][warps];
        reset();
    }

    /** The first interval is 1, so that stamp 0 is that of no access. */
    void reset() {
        for (int warp = 0; warp < heard.length; warp++) {
            Arrays.fill(heard[warp], 0);
            heard[warp][warp] = 1;
        }
    }

    /** Begins a warp's next interval. */
    void advance(Warp warp) {
        int index = warp.index();
        if (++heard[index][index] == MOST_INTERVALS) {
            throw new Fault(warp.firstLive(), SimulatorCode.INTERVALS, MOST_INTERVALS - 1);
        }
    }

    /** Adds what a warp has heard to a sum of such. */
    void tell(int warp, int[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.max(sum[i], heard[warp][i]);
        }
    }

    /** Lets a warp hear a sum. */
    void hear(int warp, int[] sum) {
        for (int i = 0; i < sum.length; i++) {
            heard[warp][i] = Math.max(heard[warp][i], sum[i]);
        }
    }

    int warps() {
        return heard.length;
    }

    /** The stamp of what a thread does now. */
    int stamp(int warp, int lane) {
        return heard[warp][warp] << THREAD_BITS | warp * Registers.LANES + lane;
    }

    /** Thread of a stamp. */
    static int thread(int stamp) {
        return stamp & (1 << THREAD_BITS) - 1;
    }

    /** Warp of a stamp. */
    static int warp(int stamp) {
        return thread(stamp) / Registers.LANES;
    }

    /** Interval of a stamp; 0 of that of no access. */
    static int interval(int stamp) {
        return stamp >>> THREAD_BITS;
    }

    /** Whether an access precedes the access of a thread now; those of the same thread always do. */
    boolean precedes(int stamp, int now) {
        int then = thread(stamp);
        return stamp == 0
                || then == thread(now)
                || heard[thread(now) / Registers.LANES][then / Registers.LANES] > stamp >>> THREAD_BITS;
    }
}
