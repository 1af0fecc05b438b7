package dev.octet.simulator.execute;

/**
 * Registers by their numbers.
 *
 * @param words registers of up to 32 bits
 * @param longs registers of 64 bits
 * @param predicates truth values
 */
public record RegisterSet(int[] words, int[] longs, int[] predicates) {
    /** Kinds of registers, each numbered from 0. */
    public enum Kind {
        /** Up to 32 bits. */
        WORD,
        /** 64 bits. */
        LONG,
        /** A truth value. */
        PREDICATE
    }

    public RegisterSet {
        words = words.clone();
        longs = longs.clone();
        predicates = predicates.clone();
    }

    int[] of(Kind kind) {
        return switch (kind) {
            case WORD -> words;
            case LONG -> longs;
            case PREDICATE -> predicates;
        };
    }
}
