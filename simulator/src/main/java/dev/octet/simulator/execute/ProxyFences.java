package dev.octet.simulator.execute;

import java.util.Arrays;

/**
 * Which writes to shared memory the asynchronous units see, such as those that multiply matrices: only those that their
 * thread has followed by a {@code fence.proxy.async}, before a barrier that orders the fence with whoever starts the unit.
 * Of several threads that wrote the same value to a cell the last one counts.
 */
final class ProxyFences {
    private final Clocks clocks;
    private final int[] writers;
    /** Fences that the writer had executed before. */
    private final int[] epochs;
    /** By thread, the stamps of its fences. */
    private final int[][] fences;

    private final int[] counts;

    ProxyFences(int cells, Clocks clocks) {
        this.clocks = clocks;
        writers = new int[cells];
        epochs = new int[cells];
        fences = new int[clocks.warps() * Registers.LANES][4];
        counts = new int[fences.length];
    }

    void reset() {
        Arrays.fill(counts, 0);
    }

    /** A thread writes a cell. */
    void write(int cell, int now) {
        int thread = Clocks.thread(now);
        writers[cell] = thread;
        epochs[cell] = counts[thread];
    }

    /** A thread executes a fence. */
    void fence(int now) {
        int thread = Clocks.thread(now);
        if (counts[thread] == fences[thread].length) {
            fences[thread] = Arrays.copyOf(fences[thread], 2 * counts[thread]);
        }
        fences[thread][counts[thread]++] = now;
    }

    /** Whether what stands in a cell is seen by a unit that a thread starts now. */
    boolean isSeen(int cell, int now) {
        int thread = writers[cell];
        return epochs[cell] < counts[thread] && clocks.precedes(fences[thread][epochs[cell]], now);
    }

    int writer(int cell) {
        return writers[cell];
    }
}
