package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Operand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;

/** Comparisons, and choices between two values. */
final class Comparisons {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("setp", Comparisons::setp, "set", Comparisons::set, "selp", Comparisons::selp);

    private static final int LANES = Registers.LANES;

    /** What to make of the sign of a difference. */
    private static final Map<String, IntPredicate> ORDERED = Map.of(
            "eq", sign -> sign == 0,
            "ne", sign -> sign != 0,
            "lt", sign -> sign < 0,
            "le", sign -> sign <= 0,
            "gt", sign -> sign > 0,
            "ge", sign -> sign >= 0);

    /** Names of unsigned comparisons. */
    private static final Map<String, String> UNSIGNED = Map.of("lo", "lt", "ls", "le", "hi", "gt", "hs", "ge");

    private static final Map<String, IntBinaryOperator> COMBINATIONS =
            Map.of("and", (a, b) -> a & b, "or", (a, b) -> a | b, "xor", (a, b) -> a ^ b);

    private static final List<DataType> TYPES = List.of(
            DataType.B16,
            DataType.B32,
            DataType.B64,
            DataType.U16,
            DataType.U32,
            DataType.U64,
            DataType.S16,
            DataType.S32,
            DataType.S64,
            DataType.F32);

    private Comparisons() {}

    /** Compares two rows. */
    @FunctionalInterface
    private interface Comparison {
        /** A bit for each lane. */
        int apply(Registers registers, int a, int b);
    }

    private static Comparison comparison(Source in, DataType type) {
        if (type == DataType.F32) {
            return floats(in);
        }
        IntPredicate test = in.modifiers().one(known(type));
        if (type.isWide()) {
            return longs(test, type.isSigned());
        }
        return words(test, type);
    }

    /** Bits are equal or not; only numbers have an order, and those without sign two names for it. */
    private static Map<String, IntPredicate> known(DataType type) {
        boolean bits = type == DataType.B16 || type == DataType.B32 || type == DataType.B64;
        if (bits) {
            return Map.of("eq", ORDERED.get("eq"), "ne", ORDERED.get("ne"));
        }
        Map<String, IntPredicate> known = new HashMap<>(ORDERED);
        if (!type.isSigned()) {
            UNSIGNED.forEach((name, same) -> known.put(name, ORDERED.get(same)));
        }
        return known;
    }

    private static Comparison words(IntPredicate test, DataType type) {
        boolean narrowSigned = type == DataType.S16;
        int flip = type.isSigned() ? 0 : Integer.MIN_VALUE;
        return (registers, a, b) -> {
            int[] w = registers.words();
            int bits = 0;
            for (int i = 0; i < LANES; i++) {
                int x = narrowSigned ? (short) w[a + i] : w[a + i];
                int y = narrowSigned ? (short) w[b + i] : w[b + i];
                bits |= test.test(Integer.compare(x ^ flip, y ^ flip)) ? 1 << i : 0;
            }
            return bits;
        };
    }

    private static Comparison longs(IntPredicate test, boolean signed) {
        return (registers, a, b) -> {
            long[] x = registers.longs();
            int bits = 0;
            for (int i = 0; i < LANES; i++) {
                int sign = signed ? Long.compare(x[a + i], x[b + i]) : Long.compareUnsigned(x[a + i], x[b + i]);
                bits |= test.test(sign) ? 1 << i : 0;
            }
            return bits;
        };
    }

    /** Comparisons with a NaN are false; those whose name ends with u are true instead. */
    private static Comparison floats(Source in) {
        boolean flush = in.modifiers().take("ftz");
        Map<String, IntPredicate> known = new HashMap<>(ORDERED);
        Map<String, Boolean> unordered = new HashMap<>();
        ORDERED.forEach((name, test) -> {
            known.put(name + "u", test);
            unordered.put(name + "u", true);
        });
        known.put("num", sign -> true);
        known.put("nan", sign -> false);
        unordered.put("nan", true);
        String name = in.modifiers().one(identity(known));
        IntPredicate test = known.get(name);
        boolean withNan = unordered.getOrDefault(name, false);
        return (registers, a, b) -> {
            int[] w = registers.words();
            int bits = 0;
            for (int i = 0; i < LANES; i++) {
                boolean result = compare(w[a + i], w[b + i], flush, test, withNan);
                bits |= result ? 1 << i : 0;
            }
            return bits;
        };
    }

    private static Map<String, String> identity(Map<String, IntPredicate> known) {
        Map<String, String> names = new HashMap<>();
        known.keySet().forEach(name -> names.put(name, name));
        return names;
    }

    private static boolean compare(int a, int b, boolean flush, IntPredicate test, boolean withNan) {
        if (Floats.isNan(a) || Floats.isNan(b)) {
            return withNan;
        }
        float x = Floats.value(flush ? Floats.flush(a) : a);
        float y = Floats.value(flush ? Floats.flush(b) : b);
        return test.test(x < y ? -1 : x > y ? 1 : 0);
    }

    private static Body setp(Source in) {
        DataType type = in.modifiers().type(TYPES);
        IntBinaryOperator combination = in.modifiers().oneOr(COMBINATIONS, null);
        Comparison comparison = comparison(in, type);
        in.modifiers().end();
        in.operands().expect(combination == null ? 3 : 4);
        int a = in.operands().source(1, type);
        int b = in.operands().source(2, type);
        Truth c = combination == null ? Truth.TRUE : in.operands().truth(3);
        IntBinaryOperator combine = combination == null ? (p, q) -> p & q : combination;
        if (in.operands().get(0) instanceof Operand.Pair pair) {
            int p = in.operands().predicateWritten(pair.first());
            int q = in.operands().predicateWritten(pair.second());
            return (warp, lanes) -> {
                Registers registers = warp.registers();
                int result = comparison.apply(registers, a, b);
                int third = c.get(registers);
                registers.setPredicate(p, combine.applyAsInt(result, third), lanes);
                registers.setPredicate(q, combine.applyAsInt(~result, third), lanes);
            };
        }
        int p = in.operands().predicateTarget(0);
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            int result = comparison.apply(registers, a, b);
            registers.setPredicate(p, combine.applyAsInt(result, c.get(registers)), lanes);
        };
    }

    /** As {@code setp}, but into a word: all bits, or 1.0 in single precision, for true. */
    private static Body set(Source in) {
        DataType type = in.modifiers().type(TYPES);
        DataType result = in.modifiers().type(List.of(DataType.U32, DataType.S32, DataType.F32));
        IntBinaryOperator combination = in.modifiers().oneOr(COMBINATIONS, null);
        Comparison comparison = comparison(in, type);
        in.modifiers().end();
        in.operands().expect(combination == null ? 3 : 4);
        int d = in.operands().target(0, result);
        int a = in.operands().source(1, type);
        int b = in.operands().source(2, type);
        Truth c = combination == null ? Truth.TRUE : in.operands().truth(3);
        IntBinaryOperator combine = combination == null ? (p, q) -> p & q : combination;
        int yes = result == DataType.F32 ? Float.floatToRawIntBits(1f) : -1;
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            int bits = combine.applyAsInt(comparison.apply(registers, a, b), c.get(registers));
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                registers.words()[d + lane] = (bits >> lane & 1) != 0 ? yes : 0;
            }
        };
    }

    private static Body selp(Source in) {
        DataType type = in.modifiers().type(TYPES);
        in.modifiers().end();
        in.operands().expect(4);
        int d = in.operands().target(0, type);
        int a = in.operands().source(1, type);
        int b = in.operands().source(2, type);
        Truth c = in.operands().truth(3);
        if (type.isWide()) {
            return (warp, lanes) -> {
                int bits = c.get(warp.registers());
                warp.registers().computeLongs((w, x, r, p, q, s) -> chooseLongs(x, r, p, q, bits), d, a, b, 0, lanes);
            };
        }
        return (warp, lanes) -> {
            int bits = c.get(warp.registers());
            warp.registers().computeWords((w, x, r, p, q, s) -> chooseWords(w, r, p, q, bits), d, a, b, 0, lanes);
        };
    }

    private static void chooseWords(int[] w, int d, int a, int b, int bits) {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = (bits >> i & 1) != 0 ? w[a + i] : w[b + i];
        }
    }

    private static void chooseLongs(long[] x, int d, int a, int b, int bits) {
        for (int i = 0; i < LANES; i++) {
            x[d + i] = (bits >> i & 1) != 0 ? x[a + i] : x[b + i];
        }
    }
}
