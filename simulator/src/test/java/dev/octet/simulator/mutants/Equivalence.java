package dev.octet.simulator.mutants;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises changes of an instruction that provably change nothing, which are no mutants. Compilers divide the index of
 * a thread with care for its sign, for example, which is never negative: any shift of that sign does.
 */
final class Equivalence {
    private static final Pattern REGISTER = Pattern.compile("%[a-z]+\\d+");

    private final IndexValues values;
    private final Reach reach;
    private final Map<String, Integer> mentions = new HashMap<>();

    Equivalence(List<String> ptx, int threads, int blocksX, int blocksY) {
        List<PtxLine> lines =
                ptx.stream().flatMap(line -> PtxLine.parse(line).stream()).toList();
        values = new IndexValues(lines, threads, blocksX, blocksY);
        reach = new Reach(ptx, values);
        lines.stream().flatMap(Equivalence::registers).forEach(register -> mentions.merge(register, 1, Integer::sum));
    }

    private static Stream<String> registers(PtxLine line) {
        return REGISTER.matcher(line.text()).results().map(r -> r.group());
    }

    /** Whether the instruction of a line may stand for another in every launch of the kernel's trials. */
    boolean holds(int index, PtxLine line, PtxLine other) {
        return !reach.has(index)
                || computesTheSame(line, other)
                || leavesOutWhatNobodyReads(line, other)
                || copiesAll(line, other)
                || guardsForNothing(line, other);
    }

    /** Nothing in place of what no thread executes, or no guard where all threads execute. */
    private boolean guardsForNothing(PtxLine line, PtxLine other) {
        boolean negated = line.guard().startsWith("@!");
        int skips = negated ? 1 : 0;
        return !line.guard().isEmpty()
                && values.value(line.guard().substring(negated ? 2 : 1))
                        .filter(truths -> Arrays.stream(truths)
                                .allMatch(truth -> (truth == skips) == other.equals(ControlMistakes.ABSENT)))
                        .isPresent()
                && (other.equals(ControlMistakes.ABSENT) || other.equals(line.withGuard("")));
    }

    private boolean computesTheSame(PtxLine line, PtxLine other) {
        Optional<int[]> result = values.result(line);
        return result.isPresent()
                && !other.operands().isEmpty()
                && line.operand(0).equals(other.operand(0))
                && values.result(other)
                        .filter(another -> Arrays.equals(result.get(), another))
                        .isPresent();
    }

    private boolean leavesOutWhatNobodyReads(PtxLine line, PtxLine other) {
        if (!line.is("ld.global.nc.v4") || !other.is("ld.global.nc.v2")) {
            return false;
        }
        List<String> kept = other.elements(0);
        return line.elements(0).stream()
                .filter(register -> !kept.contains(register))
                .allMatch(register -> mentions.get(register) == 1);
    }

    /** A copy without its last operand, which says that all bytes are copied. */
    private boolean copiesAll(PtxLine line, PtxLine other) {
        return line.is("cp.async.cg")
                && other.is("cp.async.cg")
                && other.operands().size() == 3
                && values.value(line.operand(3))
                        .filter(sizes -> Arrays.stream(sizes).allMatch(size -> size == line.number(2)))
                        .isPresent();
    }
}
