package dev.octet.dsl;

import java.util.Locale;

/** Everything that can be wrong with a definition: what is wrong, what was found, what to do. */
public enum DslCode {
    /** A name outside the alphabet. */
    NAME(
            "OCTET-DSL-001",
            "\"%s\" is not a name. Use letters, digits and underscores, joined by single dots or hyphens, 200"
                    + " characters at most."),
    /** Two values of one name. */
    DUPLICATE_NAME(
            "OCTET-DSL-002",
            "There is a value named %s already, made at %s. Give this %s a name of its own, or put it into a scope."),
    /** A tensor of another network, or of an earlier run. */
    FOREIGN_TENSOR("OCTET-DSL-003", "%s got a tensor of another network. Use tensors of this run of define only."),
    /** A missing argument. */
    MISSING_ARGUMENT("OCTET-DSL-004", "%s is missing. Pass a value."),
    /** An input that the annotation does not have. */
    UNKNOWN_INPUT("OCTET-DSL-005", "There is no input %s; the annotation has %s. Use one of these or add a @Port."),
    /** An input that is read twice. */
    INPUT_TWICE("OCTET-DSL-006", "Input %s was read at %s already. Keep the tensor in a variable and use it again."),
    /** An output that the annotation does not have. */
    UNKNOWN_OUTPUT("OCTET-DSL-007", "There is no output %s; the annotation has %s. Use one of these or add a @Port."),
    /** An output that is declared twice. */
    OUTPUT_TWICE("OCTET-DSL-008", "Output %s was declared at %s already. Declare each output once."),
    /** An input that define does not read. */
    UNUSED_INPUT(
            "OCTET-DSL-009", "define never reads input %s. Call net.input(\"%s\"), or remove its @Port from inputs."),
    /** An output that define does not declare. */
    MISSING_OUTPUT(
            "OCTET-DSL-010",
            "define never declares output %s. Call net.output(\"%s\", tensor), or remove its @Port from outputs."),
    /** An output of another shape than its port. */
    OUTPUT_SHAPE(
            "OCTET-DSL-011",
            "Output %s has shape %s, but its @Port says %s. Correct the port's shape or the layers before the output."),
    /** A value that reaches no output. */
    DEAD_VALUE("OCTET-DSL-012", "No output depends on %s. Use the value or remove the call."),
    /** An operator on images got a vector. */
    RANK("OCTET-DSL-013", "%s needs [channels,height,width], got %s. Call it before flatten or dense."),
    /** Operands of an addition differ. */
    ADD_SHAPES(
            "OCTET-DSL-014",
            "add needs equal shapes, got %s and %s. Bring one of them to the other's shape, for example with a 1x1"
                    + " conv2d of the same channels and stride."),
    /** Dense on an image. */
    DENSE_SHAPE("OCTET-DSL-015", "dense needs [features] or [features,1,1], got %s. Call flatten() first."),
    /** A window larger than the image. */
    WINDOW(
            "OCTET-DSL-016",
            "%s with kernel %s and padding %s does not fit into %s. Use a smaller kernel or more padding."),
    /** A kernel that cannot be. */
    KERNEL("OCTET-DSL-017", "Wrong kernel: %s, got %s. Correct the kernel; pad comes after its size."),
    /** Channels or features below 1. */
    COUNT("OCTET-DSL-018", "%s needs at least 1 output, got %d. Pass the number of output channels or features."),
    /** An epsilon that cannot be. */
    EPSILON("OCTET-DSL-019", "batchNorm needs a positive, finite epsilon, got %s. PyTorch's default is 1e-5f."),
    /** Sizes beyond int. */
    TOO_LARGE("OCTET-DSL-020", "%s has shape %s, more than 2^31 - 1 elements. Use smaller shapes."),
    /** A definition without end. */
    TOO_MANY_OPERATORS(
            "OCTET-DSL-021",
            "define calls more than %d operators. Is there a loop without end? Split larger networks."),
    /** A kernel with what its operator does not have. */
    KERNEL_OPTION("OCTET-DSL-022", "%s has no %s. Remove %s from its kernel."),
    /** A port that cannot be. */
    PORT("OCTET-DSL-023", "Port %s: %s. Correct the @Port."),
    /** A class without annotation. */
    NOT_ANNOTATED("OCTET-DSL-024", "%s has no @QuantizedNetwork annotation. Annotate it, or pass its ports."),
    /** Groups that do not divide channels. */
    GROUPS(
            "OCTET-DSL-025",
            "conv2d of %d groups makes %d channels from %d. Both numbers must be multiples of the number of groups."),
    /** Gates of another number than channels. */
    GATE_SHAPE(
            "OCTET-DSL-026",
            "gate needs one factor for each channel of %s, got %s. Bring the gates to the channels, for example with a"
                    + " 1x1 conv2d."),
    /** Operands of a concatenation differ. */
    CONCAT_SHAPES(
            "OCTET-DSL-027",
            "concat needs values of equal height and width, got %s. Bring them to one size, for example with a"
                    + " pooling."),
    /** A concatenation of nothing. */
    CONCAT_OPERANDS("OCTET-DSL-028", "concat joins this value with others, got %d. Pass 1 to %d other values."),
    /** Channels that are not there. */
    CHANNELS("OCTET-DSL-029", "%s of %d and %d channels is not possible for %s. Pass numbers within the channels."),
    /** A factor that cannot be. */
    FACTOR("OCTET-DSL-030", "%s needs a factor from 1 to %d, got %d. Pass another factor."),
    /** A parameter of an activation that cannot be. */
    ALPHA("OCTET-DSL-031", "%s needs a finite parameter, got %s. Pass a number such as 0.1f."),
    /** An operator from outside that does not take its operands. */
    CUSTOM_OPERATOR("OCTET-DSL-032", "Operator %s: %s. Correct the call, or the class of the operator.");

    private final String id;
    private final String text;

    DslCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** The code that users see, {@code OCTET-DSL-<NNN>}. */
    public String id() {
        return id;
    }

    /** A {@link String#format} pattern. */
    public String text() {
        return text;
    }

    /** The message: code in brackets, then the formatted text. */
    public String message(Object... arguments) {
        return "[" + id + "] " + String.format(Locale.ROOT, text, arguments);
    }
}
