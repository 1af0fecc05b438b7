package dev.octet.plan.table;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of calibration tables. */
public enum TableCode implements DiagnosticCode {
    /** A table that cannot be read. */
    MALFORMED("OCTET-TABLE-001", "%s, line %d: %s. Correct the line or calibrate the network again."),
    /** A table of another major version. */
    VERSION(
            "OCTET-TABLE-002",
            "%s has calibration table version %s, this Octet reads %s. Calibrate with the same version of Octet."),
    /** A value that was not calibrated. */
    MISSING(
            "OCTET-TABLE-003",
            "The calibration table of %s has no range for value '%s'.%s Calibrate the network again."),
    /** A table of another network or of another version of it. */
    FOREIGN(
            "OCTET-TABLE-004",
            "The calibration table was made for network %s with graph %s, not for %s with graph %s. Calibrate this"
                    + " network, which replaces the table: mvn compile octet:calibrate -Doctet.network=%3$s"
                    + " -Doctet.images=<file>, or the command octet calibrate."),
    /** A table of other weights. */
    OTHER_WEIGHTS(
            "OCTET-TABLE-005",
            "The calibration table of %s was made with weights %s, but the weights are %s. Ranges of other weights cost"
                    + " accuracy without a warning. Calibrate again after each training, which replaces the table:"
                    + " mvn compile octet:calibrate -Doctet.network=%1$s -Doctet.images=<file>, or the command octet"
                    + " calibrate.");

    private final String id;
    private final String text;

    TableCode(String id, String text) {
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
