package dev.octet.plan.correct;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of files of corrections. */
public enum CorrectionsCode implements DiagnosticCode {
    /** A file that cannot be read. */
    MALFORMED(
            "OCTET-CORRECT-001",
            "%s, line %d: %s. Make the corrections again by octet:correct or the command octet correct."),
    /** A file of another major version. */
    VERSION(
            "OCTET-CORRECT-002",
            "%s has corrections version %s, this Octet reads %s. Make the corrections again with this version of Octet."),
    /** Corrections of another network or of another version of it. */
    FOREIGN(
            "OCTET-CORRECT-003",
            "The corrections were made for network %s with graph %s, not for %s with graph %s. Make them again by"
                    + " octet:correct or the command octet correct, or delete their file."),
    /** Corrections of other weights. */
    OTHER_WEIGHTS(
            "OCTET-CORRECT-004",
            "The corrections of %s were made for weights %s, but the weights are %s. Calibrate and correct again after each"
                    + " training, or delete the file of corrections."),
    /** Corrections for another calibration table. */
    OTHER_TABLE(
            "OCTET-CORRECT-005",
            "The corrections of %s were made for calibration table %s, but the table is %s. Make them again by octet:correct or"
                    + " the command octet correct, or delete their file."),
    /** Corrections that do not fit the layers. */
    UNFIT(
            "OCTET-CORRECT-006",
            "The corrections of %s do not fit its layers: %s. Make them again by octet:correct or the command octet correct.");

    private final String id;
    private final String text;

    CorrectionsCode(String id, String text) {
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
