package dev.octet.simulator.ptx;

import java.util.List;
import java.util.Objects;

/** An operand of an instruction. */
public sealed interface Operand {
    /**
     * A register, special register, variable or label.
     *
     * @param name its name
     */
    record Name(String name) implements Operand {
        public Name {
            Objects.requireNonNull(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The address of a variable and a displacement.
     *
     * @param name the variable
     * @param offset bytes
     */
    record Displaced(String name, long offset) implements Operand {
        public Displaced {
            Objects.requireNonNull(name);
        }
    }

    /**
     * A predicate, negated.
     *
     * @param name the predicate
     */
    record Negated(String name) implements Operand {
        public Negated {
            Objects.requireNonNull(name);
        }
    }

    /**
     * An integer constant.
     *
     * @param value its bits
     */
    record IntegerConstant(long value) implements Operand {}

    /**
     * A floating-point constant.
     *
     * @param bits IEEE bits, in the low half if of single precision
     * @param type single or double precision
     */
    record FloatConstant(long bits, DataType type) implements Operand {
        public FloatConstant {
            if (!type.isFloat()) {
                throw new IllegalArgumentException(type.text());
            }
        }
    }

    /**
     * Operands in braces.
     *
     * @param elements at least one
     */
    record Vector(List<Operand> elements) implements Operand {
        public Vector {
            elements = List.copyOf(elements);
            if (elements.isEmpty()) {
                throw new IllegalArgumentException("no elements");
            }
        }
    }

    /**
     * Two destinations, {@code d|p}.
     *
     * @param first name before the bar
     * @param second name behind it
     */
    record Pair(String first, String second) implements Operand {
        public Pair {
            Objects.requireNonNull(first);
            Objects.requireNonNull(second);
        }
    }

    /**
     * A memory operand.
     *
     * @param base register or variable, or an {@link IntegerConstant}
     * @param offset bytes
     */
    record Address(Operand base, long offset) implements Operand {
        public Address {
            if (!(base instanceof Name) && !(base instanceof IntegerConstant)) {
                throw new IllegalArgumentException("not a base");
            }
        }
    }
}
