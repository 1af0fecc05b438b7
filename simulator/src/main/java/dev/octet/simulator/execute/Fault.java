package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;

/** A mistake of a thread on its way to the place that knows kernel, line and block. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SimulatorCode code;
    private final transient Object[] arguments;
    private final int lane;

    /**
     * A mistake.
     *
     * @param lane lane of the warp
     * @param code diagnostic, whose first argument is the place
     * @param arguments the other arguments
     */
    public Fault(int lane, SimulatorCode code, Object... arguments) {
        super(code.id(), null, false, false);
        this.lane = lane;
        this.code = code;
        this.arguments = arguments.clone();
    }

    int lane() {
        return lane;
    }

    SimulatorCode code() {
        return code;
    }

    /** The arguments with the place before them. */
    Object[] arguments(String place) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = place;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }
}
