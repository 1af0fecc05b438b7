package dev.octet.plan.weights;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of weights files. */
public enum WeightsCode implements DiagnosticCode {
    /** A file that the operating system does not give. */
    UNREADABLE("OCTET-WEIGHTS-001", "%s cannot be read: %s. Check the path and its permissions."),
    /** A stand-in that Git LFS left instead of the file. */
    LFS_POINTER("OCTET-WEIGHTS-002", "%s is a Git LFS pointer, not the file itself. Run 'git lfs pull'."),
    /** Not a safetensors file, or one whose header and data disagree. */
    MALFORMED("OCTET-WEIGHTS-003", "%s is not a valid safetensors file: %s. Export the weights again."),
    /** A tensor that the definition needs. */
    MISSING(
            "OCTET-WEIGHTS-004",
            "%s has no tensor '%s'.%s Name the layer in the definition as its prefix in the weights file."),
    /** A tensor of another shape. */
    SHAPE(
            "OCTET-WEIGHTS-005",
            "%s: tensor '%s' has shape %s, but the definition implies %s. Correct the definition or the file."),
    /** A tensor of another element type. */
    DTYPE("OCTET-WEIGHTS-006", "%s: tensor '%s' has type %s; Octet reads F32, F16 and BF16. Convert it to F32."),
    /** NaN or infinity among the weights. */
    NOT_FINITE(
            "OCTET-WEIGHTS-007",
            "%s: tensor '%s' has %s at index %s. The training has probably diverged; use other weights."),
    /** A batch normalisation without a standard deviation. */
    VARIANCE(
            "OCTET-WEIGHTS-008",
            "%s: tensor '%s' has variance %s at index %d; with epsilon it must be positive. Export the weights again."),
    /** A folded weight or bias that is too large. */
    TOO_LARGE(
            "OCTET-WEIGHTS-009",
            "Layer '%s': after folding, %s of output channel %d is %s, beyond the range of float. Look for a variance"
                    + " near zero."),
    /** An accumulator that could wrap round. */
    ACCUMULATOR(
            "OCTET-WEIGHTS-010",
            "Layer '%s': the accumulator of output channel %d can reach %d, beyond 32 bits (sum of absolute weights %d,"
                    + " activations up to %d). Divide the layer into layers with fewer inputs."),
    /** Quantised weights that cannot be read. */
    DAMAGED(
            "OCTET-WEIGHTS-011",
            "%s is damaged or not a file of quantised weights: %s. Rebuild the module to make it again."),
    /** Quantised weights of another major version. */
    VERSION(
            "OCTET-WEIGHTS-012",
            "%s has weights version %s, this Octet reads %s. Rebuild the module with the same version of Octet."),
    /** Quantised weights that were corrected for another calibration table. */
    OTHER_TABLE(
            "OCTET-WEIGHTS-013",
            "The quantised weights of %s were corrected for calibration table %s, but the table in use is %s. Use that table, or"
                    + " build the weights again for this one: octet:correct, then octet:weights.");

    private final String id;
    private final String text;

    WeightsCode(String id, String text) {
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
