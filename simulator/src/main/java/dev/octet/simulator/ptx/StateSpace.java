package dev.octet.simulator.ptx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a variable or an address lies. */
public enum StateSpace {
    /** Memory of the device. */
    GLOBAL,
    /** Memory of a block. */
    SHARED,
    /** Memory of a thread. */
    LOCAL,
    /** Constants of a module. */
    CONST,
    /** Arguments of a launch. */
    PARAM,
    /** An address that says itself to which space it belongs. */
    GENERIC;

    /** The space of a word without its dot, {@link #GENERIC} excepted, which has no word. */
    public static Optional<StateSpace> of(String word) {
        return Arrays.stream(values())
                .filter(space -> space != GENERIC && space.text().equals(word))
                .findFirst();
    }

    /** The space's word in PTX, without the dot. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
