package dev.octet.plan.launch;

import java.util.Objects;

/** A pointer in a kernel's argument struct. */
public sealed interface Argument {
    /** The buffer of a value. */
    record Value(int value) implements Argument {}

    /**
     * The packed weights of a layer.
     *
     * @param op id of the convolution or dense node
     * @param pack order in which the kernel wants them
     */
    record Weights(int op, PackSpec pack) implements Argument {
        public Weights {
            Objects.requireNonNull(pack);
        }
    }

    /** The constants segment of the node that makes a value; see {@code docs/arithmetic.md}. */
    record Constants(int op) implements Argument {}
}
