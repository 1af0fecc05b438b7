package dev.octet.simulator.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instruction as nvcc writes it, alone in its line.
 *
 * @param guard predicate with its sign, such as {@code @!%p1}; empty if there is none
 * @param mnemonic operation and modifiers
 * @param operands operands as written, vectors and addresses whole
 */
record PtxLine(String guard, String mnemonic, List<String> operands) {
    private static final Pattern INSTRUCTION = Pattern.compile("\\s*(@!?%p\\d+)?\\s*([a-z][\\w.]*)\\s*([^;]*);");
    private static final Pattern OPERAND = Pattern.compile("\\{[^}]*}|\\[[^\\]]*]|[^,\\s]+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    PtxLine {
        operands = List.copyOf(operands);
    }

    /** The instruction of a line, if it has one. */
    static Optional<PtxLine> parse(String line) {
        Matcher matcher = INSTRUCTION.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String guard = matcher.group(1) == null ? "" : matcher.group(1);
        List<String> operands =
                OPERAND.matcher(matcher.group(3)).results().map(r -> r.group()).toList();
        return Optional.of(new PtxLine(guard, matcher.group(2), operands));
    }

    boolean is(String beginning) {
        return mnemonic.startsWith(beginning);
    }

    String operand(int index) {
        return operands.get(index);
    }

    boolean isNumber(int index) {
        return index < operands.size() && NUMBER.matcher(operands.get(index)).matches();
    }

    long number(int index) {
        return Long.parseLong(operands.get(index));
    }

    PtxLine withMnemonic(String other) {
        return new PtxLine(guard, other, operands);
    }

    PtxLine withGuard(String other) {
        return new PtxLine(other, mnemonic, operands);
    }

    PtxLine withOperands(String... others) {
        return new PtxLine(guard, mnemonic, List.of(others));
    }

    PtxLine with(int index, String operand) {
        List<String> changed = new ArrayList<>(operands);
        changed.set(index, operand);
        return new PtxLine(guard, mnemonic, changed);
    }

    PtxLine swap(int i, int j) {
        return with(i, operands.get(j)).with(j, operands.get(i));
    }

    /** A move of one of the operands to the destination, instead of the operation. */
    PtxLine moving(String type, int index) {
        return new PtxLine(guard, "mov." + type, List.of(operands.get(0), operands.get(index)));
    }

    /** Elements of an operand in braces. */
    List<String> elements(int index) {
        String operand = operands.get(index);
        return List.of(operand.substring(1, operand.length() - 1).split(",\\s*"));
    }

    /** The line; empty for an instruction that is missing. */
    String text() {
        if (mnemonic.isEmpty()) {
            return "";
        }
        String head = guard.isEmpty() ? mnemonic : guard + " " + mnemonic;
        return operands.isEmpty() ? head + ";" : head + " " + String.join(", ", operands) + ";";
    }
}
