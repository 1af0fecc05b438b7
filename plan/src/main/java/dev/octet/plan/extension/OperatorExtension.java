package dev.octet.plan.extension;

import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Map;

/**
 * An operator from outside: its shape rule and its numbers. One formula serves the oracle, the CPU device and the float
 * graph. Found by {@link java.util.ServiceLoader}, on the processor path when a network is compiled and on the class path
 * when it runs.
 */
public interface OperatorExtension {
    /** Name in plans: lower-case letters, digits and underscores. */
    String name();

    /**
     * Shape of the result. Throws {@link IllegalArgumentException}, whose message says what is wrong, if the operands or the
     * attributes cannot be; both may come from a damaged file.
     */
    Shape shape(List<Shape> operands, Map<String, Integer> attributes);

    /**
     * Whether the result is never negative, for all numbers that the operands can have.
     *
     * @param operands for each operand, whether it is never negative
     */
    boolean isNonNegative(List<Boolean> operands, Map<String, Integer> attributes);

    /**
     * What the formula multiplies with, each number computed in double and rounded once.
     *
     * @param operands for each operand the real number that one step stands for; 1 in the float graph
     * @param result the real number that one step of the result stands for; 1 in the float graph
     */
    float[] constants(List<Double> operands, double result, Map<String, Integer> attributes);

    /**
     * One element of the result in its steps, neither limited to its type nor rounded. Every float operation counts: the
     * kernel must do the same ones.
     *
     * @param element where the element is
     * @param operands the values of one image
     * @param constants what {@link #constants} returned
     */
    float element(Element element, List<Operand> operands, float[] constants, Map<String, Integer> attributes);

    /**
     * A place in a value.
     *
     * @param channel channel
     * @param row row
     * @param column column
     */
    record Element(int channel, int row, int column) {}

    /** A value of one image. */
    interface Operand {
        /** Its shape. */
        Shape shape();

        /** An element: a byte in steps, or in the float graph the number itself. */
        float at(int channel, int row, int column);
    }
}
