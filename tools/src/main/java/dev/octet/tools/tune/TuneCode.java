package dev.octet.tools.tune;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of measuring schedules. */
public enum TuneCode implements DiagnosticCode {
    /** A device whose times say nothing about kernels. */
    NO_TIMES(
            "OCTET-TUNE-003",
            "Kernels of %s cannot be timed on device '%s' (%s), whose times say nothing about any GPU.%s Tune on the machine with the"
                    + " GPU, on a device such as cuda:0."),
    /** A GPU for which the network has no launch program. */
    NO_TARGET(
            "OCTET-TUNE-004",
            "%s has kernels for %s, and none of these run on %s of compute capability %d.%d. Add a target of its to"
                    + " @QuantizedNetwork(targets = ...) and compile the module again."),
    /** Kernels that no compiler is there for. */
    NOT_BUILT(
            "OCTET-TUNE-005",
            "%d of %d kernels could not be compiled, and all schedules have to be to be measured: %s"),
    /** A network that is too large for a batch, or a plan that is none of this version's. */
    NOT_COMPILED(
            "OCTET-TUNE-006",
            "%s cannot be compiled for a largest batch of %d: %s Tune for smaller batches; if it is the network's own, compile the"
                    + " module again."),
    /** Inputs and outputs of a batch that have no room in memory. */
    MEMORY(
            "OCTET-TUNE-007",
            "To measure %s for a largest batch of %d takes buffers of %d bytes outside of the Java heap, and %s. Measure smaller"
                    + " batches (octet.batches, --batches), or raise -Xmx, of a goal in MAVEN_OPTS; it is their limit, too, unless"
                    + " -XX:MaxDirectMemorySize is given.");

    private final String id;
    private final String text;

    TuneCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
