package dev.octet.plan.table;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of histogram files. */
public enum HistogramCode implements DiagnosticCode {
    /** A file that cannot be read. */
    MALFORMED(
            "OCTET-HISTOGRAM-001",
            "%s, line %d: %s. Calibrate the network again with histograms, which replaces the file; nothing needs it but"
                    + " reports."),
    /** A file of another major version. */
    VERSION(
            "OCTET-HISTOGRAM-002",
            "%s has histogram file version %s, this Octet reads %s. Calibrate again with this version of Octet.");

    private final String id;
    private final String text;

    HistogramCode(String id, String text) {
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
