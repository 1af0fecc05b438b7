package dev.octet.plan.table;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of precision files. */
public enum PrecisionCode implements DiagnosticCode {
    /** A file that cannot be read. */
    MALFORMED(
            "OCTET-PRECISION-001",
            "%s, line %d: %s. Correct the line: after 'octet-precision 1.0' and 'network <class>' comes one name a line."),
    /** A file of another major version. */
    VERSION(
            "OCTET-PRECISION-002",
            "%s has precision file version %s, this Octet reads %s. Write it for this version of Octet."),
    /** A file of another network or of another version of it. */
    FOREIGN(
            "OCTET-PRECISION-003",
            "The precision file was made for network %s with graph %s, not for %s with graph %s. Check its names against"
                    + " the definition, then correct its lines 'network' and 'graph', or leave 'graph' out."),
    /** A name that the network does not have. */
    UNKNOWN(
            "OCTET-PRECISION-004",
            "The precision file of %s lists '%s', but no layer or value has this name.%s Correct the file; the plan in"
                    + " META-INF/octet/%s lists all names.");

    private final String id;
    private final String text;

    PrecisionCode(String id, String text) {
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
