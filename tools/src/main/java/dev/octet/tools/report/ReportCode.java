package dev.octet.tools.report;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the compile report. */
public enum ReportCode implements DiagnosticCode {
    /** A target or batch that the network was not compiled for. */
    NO_PROGRAM(
            "OCTET-REPORT-001",
            "%s has no launch program for %s and batch %d. It has: %s. Ask for one of these, or add the target to"
                    + " @QuantizedNetwork and compile the module again."),
    /** A GPU whose figures are not known. */
    UNKNOWN_GPU("OCTET-REPORT-002", "There are no figures of a GPU %s.%s Octet has those of: %s."),
    /** A profile that cannot be read. */
    PROFILE("OCTET-REPORT-003", "%s, line %d: %s. Correct the line or measure again; docs/building.md has the format."),
    /** A profile of another network, target or batch. */
    OTHER_PROFILE(
            "OCTET-REPORT-004",
            "The profile %s was measured for %s, but the report is for %s. Give one that belongs to it."),
    /** A file that is no result of an evaluation. */
    EVALUATION(
            "OCTET-REPORT-005",
            "%s is no result of an evaluation: %s. Evaluate the network again, which replaces the file, or delete it.");

    private final String id;
    private final String text;

    ReportCode(String id, String text) {
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
