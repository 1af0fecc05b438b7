package dev.octet.compiler.schedule;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of tuning logs. */
public enum TuningCode implements DiagnosticCode {
    /** A line that cannot be read. */
    MALFORMED("OCTET-TUNE-001", "%s, line %d: %s. Remove the line, or correct it; what it said can be measured again."),
    /** Times of one target from two devices, of which none says anything about the other. */
    DEVICES(
            "OCTET-TUNE-002",
            "%s, line %d: kernels for %s were timed on %s before, here on %s. Keep a file for each device, and name the one"
                    + " whose times are to decide.");

    private final String id;
    private final String text;

    TuningCode(String id, String text) {
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
