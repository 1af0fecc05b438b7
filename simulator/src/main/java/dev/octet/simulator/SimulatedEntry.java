package dev.octet.simulator;

import dev.octet.simulator.execute.Program;

/** A kernel of a {@link SimulatedModule}. Immutable. */
public final class SimulatedEntry {
    private final Program program;

    SimulatedEntry(Program program) {
        this.program = program;
    }

    /**
     * The same entry point for one of its uses, which messages name after the kernel: {@code layer fc} makes them begin
     * with {@code Kernel ... for layer fc}.
     */
    public SimulatedEntry usedFor(String purpose) {
        return new SimulatedEntry(program.named(program.name() + " for " + purpose));
    }

    /** Its name. */
    public String name() {
        return program.name();
    }

    /** Bytes of all its parameters. */
    public int parameterBytes() {
        return program.parameterBytes();
    }

    /** Bytes of shared memory that it declares. */
    public int sharedBytes() {
        return program.sharedBytes();
    }

    /** Whether it waits for earlier kernels, so that it may begin before they have ended. */
    public boolean awaitsEarlierKernels() {
        return program.traits().dependentLaunch();
    }

    Program program() {
        return program;
    }
}
