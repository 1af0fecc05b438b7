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
    /** A file of another network. */
    NETWORK(
            "OCTET-PRECISION-003",
            "The precision file was made for network %s, not for %s. Name the file after the class, and correct its line"
                    + " 'network'."),
    /** A name that the network does not have. */
    UNKNOWN(
            "OCTET-PRECISION-004",
            "The precision file of %s lists '%s', but no layer or value has this name.%s Correct the file; in the plan,"
                    + " META-INF/octet/%s/plan, the part 'fp32' has most names."),
    /** A file of another version of the network. */
    GRAPH(
            "OCTET-PRECISION-005",
            "The precision file of %s was made for graph %s, but the definition's is %s. Look whether its names still mean"
                    + " what they should, then correct its line 'graph', or leave it out.");

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
