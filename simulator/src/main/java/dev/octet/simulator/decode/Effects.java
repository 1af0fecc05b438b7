package dev.octet.simulator.decode;

import dev.octet.simulator.execute.RegisterSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the registers that an instruction reads, or those that it writes. */
final class Effects {
    private final Map<RegisterSet.Kind, SortedSet<Integer>> numbers = new EnumMap<>(RegisterSet.Kind.class);

    void add(Symbol.Register register) {
        numbers.computeIfAbsent(register.kind(), kind -> new TreeSet<>()).add(register.number());
    }

    RegisterSet set() {
        return new RegisterSet(of(RegisterSet.Kind.WORD), of(RegisterSet.Kind.LONG), of(RegisterSet.Kind.PREDICATE));
    }

    private int[] of(RegisterSet.Kind kind) {
        return numbers.getOrDefault(kind, new TreeSet<>()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
