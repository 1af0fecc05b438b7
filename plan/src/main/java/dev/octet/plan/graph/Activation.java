package dev.octet.plan.graph;

import java.util.Locale;

/** Activation function that an operator applies before it rounds. */
public enum Activation {
    /** Identity. */
    NONE,
    /** max(x, 0). */
    RELU;

    /** The name in the text form. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether every result is at least zero, so that {@link ElementType#U8} can hold it. */
    public boolean isNonNegative() {
        return this == RELU;
    }
}
