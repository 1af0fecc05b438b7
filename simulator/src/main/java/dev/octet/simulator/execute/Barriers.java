package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/** The 16 barriers of a block. */
public final class Barriers {
    /** Barriers that a block has. */
    public static final int COUNT = 16;

    private final Block block;
    private final Barrier[] barriers = new Barrier[COUNT];

    /** The warps that have arrived at one barrier. */
    private final class Barrier {
        private final int[] heard = new int[block.clocks().warps()];
        private final Warp[] waiting = new Warp[block.clocks().warps()];
        private int waitingWarps;
        private int arrived;
        private int expected;

        void arrive(Warp warp, int threads, boolean waits) {
            if (arrived > 0 && expected != threads) {
                throw new Fault(
                        warp.firstLive(),
                        SimulatorCode.UNDEFINED,
                        "the barrier is used for " + threads + " threads and at the same time for " + expected);
            }
            expected = threads;
            arrived++;
            block.clocks().advance(warp);
            block.clocks().tell(warp.index(), heard);
            if (waits) {
                waiting[waitingWarps++] = warp;
                warp.pause();
            }
            if (expected != 0 && arrived * Registers.LANES == expected) {
                release();
            }
        }

        void release() {
            for (int i = 0; i < waitingWarps; i++) {
                block.clocks().hear(waiting[i].index(), heard);
                waiting[i].resume();
            }
            reset();
        }

        void reset() {
            Arrays.fill(heard, 0);
            waitingWarps = 0;
            arrived = 0;
        }
    }

    Barriers(Block block) {
        this.block = block;
        for (int i = 0; i < COUNT; i++) {
            barriers[i] = new Barrier();
        }
    }

    void reset() {
        for (Barrier barrier : barriers) {
            barrier.reset();
        }
    }

    /**
     * A warp arrives at a barrier.
     *
     * @param warp warp
     * @param lanes lanes that arrive; all that have not ended, or it is an error
     * @param number number of the barrier
     * @param threads threads that the barrier is for, a multiple of 32; 0 for the whole block
     * @param waits whether the warp waits for the others
     */
    public void arrive(Warp warp, int lanes, int number, int threads, boolean waits) {
        int missing = warp.live() & ~lanes;
        if (missing != 0) {
            int lane = Integer.numberOfTrailingZeros(lanes);
            throw new Fault(lane, SimulatorCode.BARRIER_DIVERGED, lanes, missing);
        }
        if (number < 0 || number >= COUNT || threads < 0 || threads % Registers.LANES != 0) {
            int lane = Integer.numberOfTrailingZeros(lanes);
            throw new Fault(lane, SimulatorCode.UNDEFINED, "barrier " + number + " for " + threads + " threads");
        }
        barriers[number].arrive(warp, threads, waits);
    }

    /** Completes barriers of the whole block at which all warps have arrived that have not ended. */
    void releaseWholeBlock(int liveWarps) {
        for (Barrier barrier : barriers) {
            if (barrier.arrived > 0 && barrier.expected == 0 && barrier.arrived >= liveWarps) {
                barrier.release();
            }
        }
    }
}
