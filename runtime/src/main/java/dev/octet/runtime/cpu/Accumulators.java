package dev.octet.runtime.cpu;

import java.util.Arrays;

/** Float sums of a tile with their integer carries, if a layer needs some. */
final class Accumulators {
    private final float[][] sums;
    private final int count;
    private final int length;
    private int[][] carries;

    /** Zero sums in a thread's memory. */
    Accumulators(Scratch scratch, int count, int length) {
        this.sums = scratch.sums.zeros(count, length);
        this.count = count;
        this.length = length;
    }

    /** The sums; after {@link #finish} complete. */
    float[][] sums() {
        return sums;
    }

    /** Moves the sums to integers and starts again from zero. */
    void carry(Scratch scratch) {
        boolean first = carries == null;
        carries = scratch.integers(count, length);
        for (int m = 0; m < count; m++) {
            carry(sums[m], carries[m], first);
        }
    }

    private void carry(float[] from, int[] to, boolean first) {
        if (first) {
            Arrays.fill(to, 0, length, 0);
        }
        for (int i = 0; i < length; i++) {
            to[i] += (int) from[i];
        }
        Arrays.fill(from, 0, length, 0);
    }

    /** Rounds carried sums to floats, half to even. */
    void finish() {
        if (carries == null) {
            return;
        }
        for (int m = 0; m < count; m++) {
            for (int i = 0; i < length; i++) {
                sums[m][i] = carries[m][i];
            }
        }
    }
}
