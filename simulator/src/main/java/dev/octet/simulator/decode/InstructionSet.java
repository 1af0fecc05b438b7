package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All instructions that are known, by opcode. */
final class InstructionSet {
    private static final Map<String, BodyDecoder> ALL = new HashMap<>();

    static {
        List.of(
                        IntegerArithmetic.INSTRUCTIONS,
                        BitOperations.INSTRUCTIONS,
                        Comparisons.INSTRUCTIONS,
                        Conversions.INSTRUCTIONS,
                        Moves.INSTRUCTIONS,
                        DotProducts.INSTRUCTIONS,
                        LoadsAndStores.INSTRUCTIONS,
                        Atomics.INSTRUCTIONS,
                        Synchronization.INSTRUCTIONS,
                        Collectives.INSTRUCTIONS,
                        TensorCores.INSTRUCTIONS,
                        Warpgroups.INSTRUCTIONS,
                        Copies.INSTRUCTIONS,
                        ControlFlow.INSTRUCTIONS)
                .forEach(ALL::putAll);
    }

    private InstructionSet() {}

    /** The opcodes that are known. */
    static Set<String> opcodes() {
        Set<String> opcodes = new TreeSet<>(ALL.keySet());
        opcodes.addAll(FloatArithmetic.INSTRUCTIONS.keySet());
        return opcodes;
    }

    /** What an instruction does. Arithmetic on floats shares opcodes with arithmetic on integers. */
    static Body decode(Source in) {
        boolean single = in.modifiers().endsWith("f32");
        BodyDecoder decoder = single ? FloatArithmetic.INSTRUCTIONS.get(in.opcode()) : null;
        if (decoder == null) {
            decoder = ALL.get(in.opcode());
        }
        if (decoder == null) {
            throw in.modifiers().unknown();
        }
        return decoder.decode(in);
    }
}
