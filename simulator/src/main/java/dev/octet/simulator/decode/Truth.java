package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Registers;

/**
 * A predicate operand.
 *
 * @param number the predicate's number; negative for the constant false
 * @param negated whether its negation is meant
 */
record Truth(int number, boolean negated) {
    static final Truth FALSE = new Truth(-1, false);
    static final Truth TRUE = new Truth(-1, true);

    /** Its value, a bit for each lane. */
    int get(Registers registers) {
        int value = number < 0 ? 0 : registers.predicates()[number];
        return negated ? ~value : value;
    }
}
