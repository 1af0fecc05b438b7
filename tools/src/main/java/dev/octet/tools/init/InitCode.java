package dev.octet.tools.init;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of new projects. */
public enum InitCode implements DiagnosticCode {
    /** A name that Maven or Java does not take. */
    NAME("OCTET-INIT-001", "The %s '%s' cannot be used: %s."),
    /** A file in the way. */
    EXISTS(
            "OCTET-INIT-002",
            "%s exists, and nothing was written. Make the project in an empty folder, or use octet:import in a project that"
                    + " is there.");

    private final String id;
    private final String text;

    InitCode(String id, String text) {
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
