package dev.octet.simulator.execute;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which registers a program has.
 *
 * @param wordNames names of registers of up to 32 bits by number; number 0 is for intermediate results
 * @param longNames the same of 64 bits
 * @param predicateNames the same of truth values, from 0
 * @param wordConstants numbers of the rows of 32 bits that hold a constant, by the constant
 * @param longConstants the same of 64 bits
 * @param specials numbers of the rows of 32 bits that hold a special register
 */
public record RegisterLayout(
        List<String> wordNames,
        List<String> longNames,
        List<String> predicateNames,
        SortedMap<Integer, Integer> wordConstants,
        SortedMap<Long, Integer> longConstants,
        SortedMap<SpecialRegister, Integer> specials) {
    public RegisterLayout {
        wordNames = List.copyOf(wordNames);
        longNames = List.copyOf(longNames);
        predicateNames = List.copyOf(predicateNames);
        wordConstants = Collections.unmodifiableSortedMap(new TreeMap<>(wordConstants));
        longConstants = Collections.unmodifiableSortedMap(new TreeMap<>(longConstants));
        specials = Collections.unmodifiableSortedMap(new TreeMap<>((Map<SpecialRegister, Integer>) specials));
    }

    int words() {
        return wordNames.size();
    }

    int longs() {
        return longNames.size();
    }

    int predicates() {
        return predicateNames.size();
    }
}
