package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Four neighbouring warps of a block, which execute the instructions of warpgroups together: the same ones in the same
 * order with the same operands. Each warp is executed by itself, so that what one does is kept until all have done it.
 */
final class Warpgroup {
    /** Warps of a warpgroup. */
    static final int WARPS = 4;

    private final Deque<Step> steps = new ArrayDeque<>();
    private final long[] done = new long[WARPS];

    /** Number of the first step that is kept. */
    private long first;

    /**
     * An instruction.
     *
     * @param operation what is executed, compared by identity
     * @param a descriptor of the first operand, or 0
     * @param b descriptor of the second operand, or 0
     * @param adds whether the product is added
     */
    private record Step(Operation operation, long a, long b, boolean adds) {}

    void reset() {
        steps.clear();
        Arrays.fill(done, 0);
        first = 0;
    }

    /** A warp executes an instruction without operands in memory. */
    void take(Warp warp) {
        take(warp, 0, 0, false);
    }

    /** A warp executes a product. */
    void take(Warp warp, long a, long b, boolean adds) {
        int member = warp.index() % WARPS;
        Step step = new Step(warp.current(), a, b, adds);
        long at = done[member]++ - first;
        if (at == steps.size()) {
            steps.add(step);
        } else {
            requireEqual(step, get(at));
        }
        while (!steps.isEmpty() && Arrays.stream(done).min().getAsLong() > first) {
            steps.remove();
            first++;
        }
    }

    private Step get(long at) {
        Iterator<Step> all = steps.iterator();
        for (long i = 0; i < at; i++) {
            all.next();
        }
        return all.next();
    }

    private static void requireEqual(Step step, Step other) {
        if (step.operation != other.operation) {
            throw fault("another warp of the warpgroup has executed line " + other.operation.line() + " instead");
        } else if (!step.equals(other)) {
            throw fault("its operands are " + text(step) + ", those of another warp of the warpgroup " + text(other));
        }
    }

    private static String text(Step step) {
        return "0x%016x, 0x%016x, %s".formatted(step.a, step.b, step.adds);
    }

    /** What a warp that has ended did not execute though another of the warpgroup did. */
    void requireAllDone(Warp warp) {
        long mine = done[warp.index() % WARPS];
        if (mine < first + steps.size()) {
            throw fault("the warp ends without line "
                    + get(mine - first).operation.line() + ", which another warp of the warpgroup has executed");
        }
    }

    private static Fault fault(String what) {
        return new Fault(0, SimulatorCode.WARPGROUP, what);
    }
}
