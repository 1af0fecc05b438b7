package dev.octet.compiler;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the compiler: what the definition language lets through but the compiler cannot do. */
public enum CompilerCode implements DiagnosticCode {
    /** An input port that the definition does not read, or an input without a port. */
    INPUT_PORT(
            "OCTET-COMPILE-001",
            "The annotation's inputs are %s, but define() reads %s. Declare exactly the inputs that it reads."),
    /** An output port that the definition does not write, or an output without a port. */
    OUTPUT_PORT(
            "OCTET-COMPILE-002",
            "The annotation's outputs are %s, but define() writes %s. Declare exactly the outputs that it writes."),
    /** A port and its value have different shapes. */
    PORT_SHAPE(
            "OCTET-COMPILE-003",
            "Port %s is declared with shape %s, but its value has shape %s. Correct the annotation or the definition."),
    /** A batch size out of range. */
    MAX_BATCH("OCTET-COMPILE-005", "maxBatch is %d. Declare a batch size from 1 to %d."),
    /** A call that the compiler cannot make sense of. */
    BAD_CALL("OCTET-COMPILE-006", "%s cannot be compiled: %s. Correct the call."),
    /** A name that the compiler needs for values of its own. */
    RESERVED_NAME(
            "OCTET-COMPILE-007",
            "The name %s ends in %s, which is reserved for values that the compiler adds. Choose another name."),
    /** Two layers of one name, which would share one set of weights. */
    DUPLICATE_LAYER("OCTET-COMPILE-008", "Layer %s is made twice. Give each layer a name, or a scope, of its own."),
    /** A softmax that something else than an output uses. */
    SOFTMAX_NOT_LAST(
            "OCTET-COMPILE-009",
            "Softmax %s is an operand, but it is computed on the host, after the last kernel. Pass it to net.output"
                    + " only."),
    /** A flattened value meets one that cannot be read in the same order. */
    FLATTEN_NOT_REMOVED(
            "OCTET-COMPILE-010",
            "%s adds a flattened %s to %s, which would need a transposed copy. Add before flatten(), or flatten values"
                    + " of equal shapes."),
    /** A value beyond the sizes that plans and kernels can index. */
    VALUE_TOO_LARGE(
            "OCTET-COMPILE-011",
            "Value %s of shape %s takes, for %d images, %d bytes %s. The limits are 2^31 - 1 bytes and %d"
                    + " channels: reduce maxBatch or the shape."),
    /** A layer beyond the size that an array can hold. */
    LAYER_TOO_LARGE(
            "OCTET-COMPILE-012", "Layer %s has %d weights with padding, more than 2^31 - 1. Make the layer smaller."),
    /** A window that no network needs and that would take memory and time without bound. */
    WINDOW_TOO_LARGE(
            "OCTET-COMPILE-013",
            "%s has kernel %s and stride %s. Use at most %d rows and columns for each; a larger reduction takes several"
                    + " layers."),
    /** A mean of more bytes than an integer can sum. */
    MEAN_TOO_LARGE(
            "OCTET-COMPILE-014",
            "%s averages %d pixels, but an INT8 kernel can sum %d. Reduce the image first, for example with maxPool."),
    /** Values or weights that together exceed what a plan or a file can hold. */
    NETWORK_TOO_LARGE("OCTET-COMPILE-015", "%s take %d bytes. The limit is %d: make the network smaller."),
    /** More ports than a plan can list. */
    TOO_MANY_PORTS("OCTET-COMPILE-016", "The network has %d inputs and %d outputs. Declare at most %d of each."),
    /** A class whose name cannot name a folder of resources. */
    CLASS_NAME(
            "OCTET-COMPILE-017",
            "The class name %s cannot name a plan and its folder: %s. Use letters, digits, underscores and $, and at"
                    + " most %d bytes with the package."),
    /** An operator from outside that is to stay in FP32. */
    EXTENSION_IN_FP32(
            "OCTET-COMPILE-019",
            "%s cannot stay in FP32: operator %s is not part of Octet and has integer kernels only. Remove keepFp32(), or its"
                    + " name from the precision file."),
    /** Float weights beyond the size that an array can hold. */
    FLOATS_TOO_LARGE(
            "OCTET-COMPILE-020",
            "The weights of layer %s, which stays in FP32, take %d bytes with padding, more than 2^31 - 1. Let the layer be"
                    + " quantised, or make it smaller."),
    /** A float program of what only has integer kernels. */
    NO_FLOAT_PROGRAM(
            "OCTET-COMPILE-021",
            "octet.floats asks for a float program of %s, but %s. Leave octet.floats out, and calibrate on the device \"cpu\"."),
    /** A pass broke a rule of the stage: always a defect of Octet. */
    INVALID_GRAPH(
            "OCTET-COMPILE-900",
            "After %s, %s (%s): %s. This is a defect of Octet, not of the definition; please report it with the graphs"
                    + " that -Aoctet.dump=all writes."),
    /** The finished plan broke a rule: always a defect of Octet. */
    INVALID_PLAN(
            "OCTET-COMPILE-901",
            "The launch program for %s is not sound: %s. This is a defect of Octet; please report it with the graphs"
                    + " that -Aoctet.dump=all writes."),
    /** A kernel that no test covers: always a defect of Octet. */
    NO_KERNEL(
            "OCTET-COMPILE-902",
            "No kernel in the catalogue computes %s for %s. This is a defect of Octet; please report it with the graphs"
                    + " that -Aoctet.dump=all writes.");

    private final String id;
    private final String text;

    CompilerCode(String id, String text) {
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
