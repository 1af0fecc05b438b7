package dev.octet.tools.export;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the export of ONNX files. */
public enum ExportCode implements DiagnosticCode {
    /** A flavour that does not exist. */
    FLAVOUR("OCTET-EXPORT-001", "There is no flavour '%s' of exported models. Choose one of: %s."),
    /** An operator that only Octet has. */
    OPERATOR(
            "OCTET-EXPORT-002",
            "Value '%s' of %s is made by the operator '%s', which ONNX does not have. Write the network without it, or"
                    + " export another one."),
    /** A file that protocol buffers cannot be. */
    TOO_LARGE(
            "OCTET-EXPORT-003",
            "The model would have %d bytes, and an ONNX file has fewer than 2^31. Keep fewer layers in FP32, or divide the"
                    + " network."),
    /** A scale that a float cannot hold. */
    SCALE(
            "OCTET-EXPORT-004",
            "The scale of '%s' is %s, which is no positive float. Calibrate the network again on images like those it will"
                    + " see.");

    private final String id;
    private final String text;

    ExportCode(String id, String text) {
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
