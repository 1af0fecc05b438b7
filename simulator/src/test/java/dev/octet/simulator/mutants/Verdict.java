package dev.octet.simulator.mutants;

import java.util.Optional;

/**
 * What became of a mutant.
 *
 * @param refused what the simulator found; empty if nothing
 * @param wrong whether a trial's result was wrong
 */
record Verdict(Optional<String> refused, boolean wrong) {
    static final Verdict SURVIVED = new Verdict(Optional.empty(), false);
    static final Verdict WRONG_RESULT = new Verdict(Optional.empty(), true);

    /** A mistake found by the simulator. */
    static Verdict refused(String code) {
        return new Verdict(Optional.of(code), false);
    }

    boolean isFound() {
        return wrong || refused.isPresent();
    }
}
