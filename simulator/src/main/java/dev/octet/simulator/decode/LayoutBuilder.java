package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.RegisterLayout;
import dev.octet.simulator.execute.RegisterSet;
import dev.octet.simulator.execute.SpecialRegister;
import dev.octet.simulator.ptx.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives registers, constants and special registers their numbers. */
final class LayoutBuilder {
    private static final int MOST_REGISTERS = 1 << 16;

    private final List<String> words = new ArrayList<>(List.of("(intermediate result)"));
    private final List<String> longs = new ArrayList<>(List.of("(intermediate result)"));
    private final List<String> predicates = new ArrayList<>();
    private final SortedMap<Integer, Integer> wordConstants = new TreeMap<>();
    private final SortedMap<Long, Integer> longConstants = new TreeMap<>();
    private final SortedMap<SpecialRegister, Integer> specials = new TreeMap<>();

    /** A new register. */
    Symbol.Register register(int line, String name, DataType type) {
        RegisterSet.Kind kind = type == DataType.PRED
                ? RegisterSet.Kind.PREDICATE
                : type.isWide() ? RegisterSet.Kind.LONG : RegisterSet.Kind.WORD;
        List<String> names =
                kind == RegisterSet.Kind.PREDICATE ? predicates : kind == RegisterSet.Kind.LONG ? longs : words;
        if (names.size() == MOST_REGISTERS) {
            throw new OctetException(
                    SimulatorCode.LIMIT, line, "the kernel has more than " + MOST_REGISTERS + " registers of a kind");
        }
        names.add(name);
        return new Symbol.Register(kind, names.size() - 1, type);
    }

    /** Number of a register of 32 bits that always holds a constant. */
    int constant(int value) {
        return wordConstants.computeIfAbsent(value, v -> add(words, Integer.toString(v)));
    }

    /** Number of a register of 64 bits that always holds a constant. */
    int constant(long value) {
        return longConstants.computeIfAbsent(value, v -> add(longs, Long.toString(v)));
    }

    /** Number of a register of 32 bits that holds a special register. */
    int special(SpecialRegister register) {
        return specials.computeIfAbsent(register, r -> add(words, r.name()));
    }

    private static int add(List<String> names, String name) {
        names.add(name);
        return names.size() - 1;
    }

    RegisterLayout layout() {
        return new RegisterLayout(words, longs, predicates, wordConstants, longConstants, specials);
    }
}
