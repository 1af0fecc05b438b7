package dev.octet.simulator;

import dev.octet.plan.diag.OctetException;
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

    /** {@code OCTET-SIM-006} unless it waits for earlier kernels, as whoever launches it before they have ended must ask. */
    public void requireWait() {
        if (!awaitsEarlierKernels()) {
            String why = "it may begin before earlier kernels have ended, and has no 'griddepcontrol.wait'";
            throw new OctetException(SimulatorCode.LAUNCH, name(), why);
        }
    }

    Program program() {
        return program;
    }
}
