package dev.octet.tools.onnx.graph;

/** Methods of {@link dev.octet.dsl.Tensor} that need no operand but the value itself, and at most one number. */
public enum Function {
    /** {@code relu()}. */
    RELU("relu", false),
    /** {@code relu6()}. */
    RELU6("relu6", false),
    /** {@code leakyRelu(slope)}. */
    LEAKY_RELU("leakyRelu", true),
    /** {@code elu(alpha)}. */
    ELU("elu", true),
    /** {@code sigmoid()}. */
    SIGMOID("sigmoid", false),
    /** {@code hardSigmoid()}. */
    HARD_SIGMOID("hardSigmoid", false),
    /** {@code tanh()}. */
    TANH("tanh", false),
    /** {@code swish()}. */
    SWISH("swish", false),
    /** {@code hardSwish()}. */
    HARD_SWISH("hardSwish", false),
    /** {@code gelu()}. */
    GELU("gelu", false),
    /** {@code softmax()}. */
    SOFTMAX("softmax", false),
    /** {@code globalAvgPool()}. */
    GLOBAL_AVG_POOL("globalAvgPool", false),
    /** {@code flatten()}. */
    FLATTEN("flatten", false);

    private final String method;
    private final boolean parameter;

    Function(String method, boolean parameter) {
        this.method = method;
        this.parameter = parameter;
    }

    /** Name of the method. */
    public String method() {
        return method;
    }

    /** Whether the method takes a number. */
    public boolean hasParameter() {
        return parameter;
    }

    /** Whether the result has the operand's shape and each of its numbers depends on one of the operand's. */
    public boolean isActivation() {
        return switch (this) {
            case SOFTMAX, GLOBAL_AVG_POOL, FLATTEN -> false;
            default -> true;
        };
    }
}
