package dev.octet.plan.graph;

/**
 * What a convolution or dense layer does with an accumulator, in this order: scale and bias, residual, activation,
 * and then rounding if the result type is an integer.
 *
 * @param residual whether the node's second input is added before the activation
 * @param activation, one that only limits
 */
public record Epilogue(boolean residual, Activation activation) {
    /** Scale and bias only. */
    public static final Epilogue PLAIN = new Epilogue(false, Activation.NONE);

    public Epilogue {
        if (!activation.isLimit()) {
            throw new IllegalArgumentException("an epilogue only limits its result: " + activation);
        }
    }
}
