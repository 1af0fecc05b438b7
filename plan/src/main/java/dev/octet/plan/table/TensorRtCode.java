package dev.octet.plan.table;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of calibration caches of TensorRT, and of the names that lead from one to the other. */
public enum TensorRtCode implements DiagnosticCode {
    /** A cache that cannot be read. */
    MALFORMED(
            "OCTET-TENSORRT-001",
            "%s, line %d: %s. A calibration cache begins with TRT-<version>-<algorithm>, then has a line for each tensor:"
                    + " <name>: <8 hexadecimal digits>. Calibrate again with TensorRT, or correct the line."),
    /** A cache without some of the ranges that a network needs. */
    MISSING(
            "OCTET-TENSORRT-002",
            "%s has no scale for the values %s of %s, looked up as %s. Name their tensors in a file of names, a line each:"
                    + " <value> <tensor>."),
    /** A cache with tensors that a network does not have. */
    EXTRA(
            "OCTET-TENSORRT-003",
            "%s has scales for the tensors %s, which are no values of %s.%s Name their values in a file of names, a line"
                    + " each: <value> <tensor>; or - <tensor> for one to be left out."),
    /** A file of names that cannot be read. */
    NAMES("OCTET-TENSORRT-004", "%s, line %d: %s. A line has a value's name, a space and the tensor's name."),
    /** A range that a cache cannot say. */
    RANGE(
            "OCTET-TENSORRT-005",
            "Value '%s' of %s has a range of %s, for which a cache has no scale: %s. Calibrate the network again."),
    /** A file of names that is not for this network. */
    UNKNOWN(
            "OCTET-TENSORRT-006",
            "%s names the values %s, which %s does not have.%s Correct the names: they are those of the definition.");

    private final String id;
    private final String text;

    TensorRtCode(String id, String text) {
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
