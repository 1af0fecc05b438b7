package dev.octet.simulator.mutants;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Registers that depend on nothing but the indices of thread and block, and what they hold in every thread of a launch.
 * Only registers that one instruction writes are known.
 */
final class IndexValues {
    private static final Map<String, IntBinaryOperator> OPERATIONS = Map.ofEntries(
            Map.entry("add.s32", (x, y) -> x + y),
            Map.entry("sub.s32", (x, y) -> x - y),
            Map.entry("mul.lo.s32", (x, y) -> x * y),
            Map.entry("max.s32", Math::max),
            Map.entry("min.s32", Math::min),
            Map.entry("and.b32", (x, y) -> x & y),
            Map.entry("or.b32", (x, y) -> x | y),
            Map.entry("xor.b32", (x, y) -> x ^ y),
            Map.entry("shl.b32", (x, y) -> y > 31 ? 0 : x << y),
            Map.entry("shr.s32", (x, y) -> x >> Math.min(y, 31)),
            Map.entry("shr.u32", (x, y) -> y > 31 ? 0 : x >>> y),
            Map.entry("setp.lt.s32", (x, y) -> x < y ? 1 : 0),
            Map.entry("setp.le.s32", (x, y) -> x <= y ? 1 : 0),
            Map.entry("setp.gt.s32", (x, y) -> x > y ? 1 : 0),
            Map.entry("setp.ge.s32", (x, y) -> x >= y ? 1 : 0),
            Map.entry("setp.eq.s32", (x, y) -> x == y ? 1 : 0),
            Map.entry("setp.ne.s32", (x, y) -> x != y ? 1 : 0),
            Map.entry("setp.lt.u32", (x, y) -> Integer.compareUnsigned(x, y) < 0 ? 1 : 0),
            Map.entry("setp.gt.u32", (x, y) -> Integer.compareUnsigned(x, y) > 0 ? 1 : 0));

    private final Map<String, int[]> values = new HashMap<>();
    private final int count;

    IndexValues(List<PtxLine> lines, int threads, int blocksX, int blocksY) {
        count = threads * blocksX * blocksY;
        values.put("%tid.x", IntStream.range(0, count).map(i -> i % threads).toArray());
        values.put(
                "%ctaid.x",
                IntStream.range(0, count).map(i -> i / threads % blocksX).toArray());
        values.put(
                "%ctaid.y",
                IntStream.range(0, count).map(i -> i / threads / blocksX).toArray());
        Set<String> once = new HashSet<>();
        Set<String> again = new HashSet<>();
        lines.stream().flatMap(IndexValues::destinations).forEach(name -> (once.add(name) ? once : again).add(name));
        for (PtxLine line : lines) {
            if (line.operands().size() > 1 && !again.contains(line.operand(0))) {
                result(line).ifPresent(value -> values.put(line.operand(0), value));
            }
        }
    }

    private static Stream<String> destinations(PtxLine line) {
        if (line.operands().isEmpty() || line.is("st.")) {
            return Stream.empty();
        }
        return line.operand(0).startsWith("{") ? line.elements(0).stream() : Stream.of(line.operand(0));
    }

    /** What an instruction computes in each thread, if that is known. */
    Optional<int[]> result(PtxLine line) {
        if (!line.guard().isEmpty()) {
            return Optional.empty();
        }
        if (line.is("mov.") && line.operands().size() == 2) {
            return value(line.operand(1));
        }
        IntBinaryOperator operation = OPERATIONS.get(line.mnemonic());
        if (operation == null) {
            return Optional.empty();
        }
        Optional<int[]> left = value(line.operand(1));
        Optional<int[]> right = value(line.operand(2));
        return left.flatMap(x -> right.map(y -> IntStream.range(0, count)
                .map(i -> operation.applyAsInt(x[i], y[i]))
                .toArray()));
    }

    /** What an operand holds in each thread, if that is known. */
    Optional<int[]> value(String operand) {
        if (operand.matches("-?\\d+")) {
            int[] constant = new int[count];
            Arrays.fill(constant, (int) Long.parseLong(operand));
            return Optional.of(constant);
        }
        return Optional.ofNullable(values.get(operand));
    }
}
