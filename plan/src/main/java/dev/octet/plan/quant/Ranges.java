package dev.octet.plan.quant;

import dev.octet.plan.graph.TensorType;

/** Calibrated ranges of traced values. */
@FunctionalInterface
public interface Ranges {
    /**
     * Largest absolute value that a value is to represent; positive and finite. Throws
     * {@link dev.octet.plan.diag.OctetException} if the value was not calibrated.
     */
    float amax(String value);

    /** The real number that one step of a quantised tensor stands for: amax / 127 or amax / 255, in double. */
    default double scale(TensorType type) {
        return (double) amax(type.scale().orElseThrow()) / type.element().max();
    }
}
