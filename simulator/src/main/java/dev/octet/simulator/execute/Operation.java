package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Objects;

/** A decoded instruction: its place in the text, its guard, the registers that it reads and writes, and what it does. */
public final class Operation {
    /** No guard. */
    public static final int ALWAYS = -1;

    private final int line;
    private final String mnemonic;
    private final int guard;
    private final boolean negated;
    private final RegisterSet reads;
    private final RegisterSet writes;
    private final Body body;

    /**
     * An operation.
     *
     * @param line line of the PTX
     * @param mnemonic instruction as written
     * @param guard number of the predicate that guards it, or {@link #ALWAYS}
     * @param negated whether lanes take part in which the guard is false
     * @param reads registers that it reads, the guard included
     * @param writes registers that it writes
     * @param body what it does
     */
    public Operation(
            int line, String mnemonic, int guard, boolean negated, RegisterSet reads, RegisterSet writes, Body body) {
        this.line = line;
        this.mnemonic = Objects.requireNonNull(mnemonic);
        this.guard = guard;
        this.negated = negated;
        this.reads = Objects.requireNonNull(reads);
        this.writes = Objects.requireNonNull(writes);
        this.body = Objects.requireNonNull(body);
    }

    int line() {
        return line;
    }

    String mnemonic() {
        return mnemonic;
    }

    /** Whether all threads end here. */
    boolean isExit() {
        return body instanceof Exit && guard == ALWAYS;
    }

    void execute(Warp warp, int active) {
        int lanes = active;
        Registers registers = warp.registers();
        if (guard != ALWAYS) {
            checkWritten(warp, RegisterSet.Kind.PREDICATE, guard, active);
            int value = registers.predicates()[guard];
            lanes &= negated ? ~value : value;
            if (lanes == 0) {
                return;
            }
        }
        if (warp.products() != null) {
            warp.products().touch(reads);
            warp.products().touch(writes);
        }
        if (!registers.areWritten(reads, lanes)) {
            throw unwritten(warp, lanes);
        }
        body.run(warp, lanes);
        registers.markWritten(writes, lanes);
    }

    private void checkWritten(Warp warp, RegisterSet.Kind kind, int number, int lanes) {
        int missing = lanes & ~warp.registers().written(kind, number);
        if (missing != 0) {
            String name = warp.program().registerName(kind, number);
            throw new Fault(Integer.numberOfTrailingZeros(missing), SimulatorCode.UNWRITTEN_REGISTER, name);
        }
    }

    private Fault unwritten(Warp warp, int lanes) {
        for (RegisterSet.Kind kind : RegisterSet.Kind.values()) {
            for (int number : reads.of(kind)) {
                checkWritten(warp, kind, number, lanes);
            }
        }
        throw new IllegalStateException("all registers are written");
    }
}
