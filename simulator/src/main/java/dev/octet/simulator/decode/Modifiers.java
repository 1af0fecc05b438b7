package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The modifiers of an instruction. Decoders take those that they know; one that is left over is an error. */
final class Modifiers {
    private final Statement.Instruction instruction;
    private final List<String> rest;

    Modifiers(Statement.Instruction instruction) {
        this.instruction = instruction;
        List<String> words = Arrays.asList(instruction.mnemonic().split("\\."));
        this.rest = new ArrayList<>(words.subList(1, words.size()));
    }

    /** Takes a modifier if it is there. */
    boolean take(String modifier) {
        return rest.remove(modifier);
    }

    /** Takes a modifier that has to be there. */
    void require(String modifier) {
        if (!take(modifier)) {
            throw unknown();
        }
    }

    /** Takes the first of several modifiers that is there. */
    <T> T one(Map<String, T> meanings) {
        for (String modifier : rest) {
            if (meanings.containsKey(modifier)) {
                rest.remove(modifier);
                return meanings.get(modifier);
            }
        }
        throw unknown();
    }

    /** Takes the first of several modifiers that is there, or means something else. */
    <T> T oneOr(Map<String, T> meanings, T otherwise) {
        return rest.stream().anyMatch(meanings::containsKey) ? one(meanings) : otherwise;
    }

    /** Takes one of several modifiers that exclude each other, if one is there. */
    Optional<String> takeOneOf(List<String> modifiers) {
        Optional<String> found = rest.stream().filter(modifiers::contains).findFirst();
        found.ifPresent(rest::remove);
        return found;
    }

    /** Takes the last modifier, a type. */
    DataType type() {
        if (rest.isEmpty()) {
            throw unknown();
        }
        DataType type = DataType.of(rest.get(rest.size() - 1)).orElseThrow(this::unknown);
        rest.remove(rest.size() - 1);
        return type;
    }

    /** Takes the last modifier, one of several types. */
    DataType type(List<DataType> permitted) {
        DataType type = type();
        if (!permitted.contains(type)) {
            throw unknown();
        }
        return type;
    }

    /** Whether this is the last modifier, which stays. */
    boolean endsWith(String modifier) {
        return !rest.isEmpty() && rest.get(rest.size() - 1).equals(modifier);
    }

    /** Refuses modifiers that are left. */
    void end() {
        if (!rest.isEmpty()) {
            throw unknown();
        }
    }

    OctetException unknown() {
        return new OctetException(
                SimulatorCode.UNKNOWN, instruction.line(), "instruction '" + instruction.mnemonic() + "'");
    }
}
