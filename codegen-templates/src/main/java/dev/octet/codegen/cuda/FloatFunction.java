package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.DeviceCode.ELU;
import static dev.octet.codegen.cuda.DeviceCode.EXPONENTIAL;
import static dev.octet.codegen.cuda.DeviceCode.GELU;
import static dev.octet.codegen.cuda.DeviceCode.HARD_SIGMOID;
import static dev.octet.codegen.cuda.DeviceCode.HARD_SWISH;
import static dev.octet.codegen.cuda.DeviceCode.HYPERBOLIC_TANGENT;
import static dev.octet.codegen.cuda.DeviceCode.LEAKY_RELU;
import static dev.octet.codegen.cuda.DeviceCode.NEGATIVE_EXPM1;
import static dev.octet.codegen.cuda.DeviceCode.NORMAL_TAIL;
import static dev.octet.codegen.cuda.DeviceCode.POWER_OF_TWO;
import static dev.octet.codegen.cuda.DeviceCode.REDUCED_EXPM1;
import static dev.octet.codegen.cuda.DeviceCode.RELU;
import static dev.octet.codegen.cuda.DeviceCode.RELU6;
import static dev.octet.codegen.cuda.DeviceCode.SIGMOID;
import static dev.octet.codegen.cuda.DeviceCode.SWISH;

import dev.octet.plan.graph.Activation;
import java.util.EnumSet;
import java.util.Set;

/**
 * An activation as kernels on floats compute it, in the operations of {@link Activation#of(float)}.
 *
 * @param activation any
 */
record FloatFunction(Activation activation) {
    /** Whether there is something to compute. */
    boolean isPresent() {
        return !activation.equals(Activation.NONE);
    }

    /** The device function, or empty. */
    String function() {
        return switch (activation.kind()) {
            case NONE -> "";
            case TANH -> HYPERBOLIC_TANGENT.function();
            default -> activation.kind().text();
        };
    }

    /** The function's second argument with a comma before it, in digits that stand for no other float, or empty. */
    String alpha() {
        return activation.kind().hasAlpha() ? ", " + activation.alpha() + "f" : "";
    }

    /** The function and those that it calls. */
    Set<DeviceCode> deviceCode() {
        return switch (activation.kind()) {
            case NONE -> EnumSet.noneOf(DeviceCode.class);
            case RELU -> EnumSet.of(RELU);
            case RELU6 -> EnumSet.of(RELU6);
            case LEAKY_RELU -> EnumSet.of(LEAKY_RELU);
            case ELU -> EnumSet.of(POWER_OF_TWO, REDUCED_EXPM1, NEGATIVE_EXPM1, ELU);
            case SIGMOID -> EnumSet.of(POWER_OF_TWO, REDUCED_EXPM1, EXPONENTIAL, SIGMOID);
            case HARD_SIGMOID -> EnumSet.of(RELU6, HARD_SIGMOID);
            case TANH -> EnumSet.of(POWER_OF_TWO, REDUCED_EXPM1, NEGATIVE_EXPM1, HYPERBOLIC_TANGENT);
            case SWISH -> EnumSet.of(POWER_OF_TWO, REDUCED_EXPM1, EXPONENTIAL, SIGMOID, SWISH);
            case HARD_SWISH -> EnumSet.of(RELU6, HARD_SIGMOID, HARD_SWISH);
            case GELU -> EnumSet.of(POWER_OF_TWO, REDUCED_EXPM1, EXPONENTIAL, NORMAL_TAIL, GELU);
        };
    }
}
