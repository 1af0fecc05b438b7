package dev.octet.tools.export;

import dev.octet.plan.graph.Activation;
import java.util.List;

/** Activations as float operators of ONNX; those that version 13 of the operators lacks, of several. */
final class ActivationNodes {
    private final OnnxModel model;

    ActivationNodes(OnnxModel model) {
        this.model = model;
    }

    /**
     * Applies an activation.
     *
     * @param operand the value that it is applied to
     * @param name prefix of all names
     * @return the result's name; the operand for {@link Activation#NONE}
     */
    String apply(Activation activation, String operand, String name) {
        String result = name + "/" + activation.kind().text();
        return switch (activation.kind()) {
            case NONE -> operand;
            case RELU -> model.node("Relu", result, operand);
            case RELU6 -> model.node("Clip", result, operand, scalar(0), scalar(6));
            case LEAKY_RELU -> withAlpha("LeakyRelu", activation, operand, result);
            case ELU -> withAlpha("Elu", activation, operand, result);
            case SIGMOID -> model.node("Sigmoid", result, operand);
            case HARD_SIGMOID -> hardSigmoid(operand, result);
            case TANH -> model.node("Tanh", result, operand);
            case SWISH -> product(result, operand, model.node("Sigmoid", result + "/factor", operand));
            case HARD_SWISH -> product(result, operand, hardSigmoid(operand, result + "/factor"));
            case GELU -> gelu(operand, result);
        };
    }

    private String withAlpha(String operator, Activation activation, String operand, String result) {
        return model.node(operator, List.of(operand), result, new Attributes().decimal("alpha", activation.alpha()));
    }

    private String hardSigmoid(String operand, String result) {
        Attributes line = new Attributes().decimal("alpha", 1 / 6f).decimal("beta", .5f);
        return model.node("HardSigmoid", List.of(operand), result, line);
    }

    private String product(String result, String x, String y) {
        return model.node("Mul", result, x, y);
    }

    /** {@code x (1 + erf(x / sqrt(2))) / 2}. */
    private String gelu(String operand, String result) {
        String inner = model.node("Div", result + "/scaled", operand, scalar((float) Math.sqrt(2)));
        String erf = model.node("Erf", result + "/erf", inner);
        String factor = model.node("Add", result + "/factor", erf, scalar(1));
        String product = product(result + "/product", operand, factor);
        return product(result, product, scalar(.5f));
    }

    private String scalar(float value) {
        return model.floats("/" + value, List.of(), value);
    }
}
