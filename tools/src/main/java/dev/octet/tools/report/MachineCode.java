package dev.octet.tools.report;

import dev.octet.simulator.machinecode.Cubin;
import dev.octet.simulator.machinecode.Mnemonics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kernel's machine code for one machine.
 *
 * @param registers registers of a thread, if the file says so
 * @param sharedBytes shared memory of a block that is part of the code
 * @param instructions how often each instruction stands in the code, by name; without what fills it up
 */
record MachineCode(OptionalInt registers, int sharedBytes, SortedMap<String, Integer> instructions) {
    private static final String FILLER = "NOP";

    static MachineCode of(Cubin cubin, String kernel) {
        SortedMap<String, Integer> instructions = new TreeMap<>();
        cubin.counts()
                .getOrDefault(kernel, new TreeMap<>())
                .forEach((opcode, count) -> instructions.merge(Mnemonics.of(opcode), count, Integer::sum));
        instructions.remove(FILLER);
        return new MachineCode(cubin.registers(kernel), cubin.sharedBytes(kernel), instructions);
    }

    /** Number of instructions. */
    int size() {
        return instructions.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Loads and stores of a thread's local memory: registers that did not suffice. */
    int spills() {
        return instructions.getOrDefault("LDL", 0) + instructions.getOrDefault("STL", 0);
    }

    /** Instructions, most frequent first. */
    List<Map.Entry<String, Integer>> byCount() {
        return instructions.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
