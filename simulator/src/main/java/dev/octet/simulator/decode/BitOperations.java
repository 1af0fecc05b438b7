package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongToIntFunction;

/** Logic, shifts, counts and bit fields. */
final class BitOperations {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.ofEntries(
            Map.entry("and", in -> logic(in, (a, b) -> a & b, (a, b) -> a & b)),
            Map.entry("or", in -> logic(in, (a, b) -> a | b, (a, b) -> a | b)),
            Map.entry("xor", in -> logic(in, (a, b) -> a ^ b, (a, b) -> a ^ b)),
            Map.entry("not", BitOperations::not),
            Map.entry("cnot", BitOperations::cnot),
            Map.entry("shl", BitOperations::shl),
            Map.entry("shr", BitOperations::shr),
            Map.entry("shf", BitOperations::shf),
            Map.entry("lop3", BitOperations::lop3),
            Map.entry("prmt", Permutation::prmt),
            Map.entry("popc", in -> count(in, Integer::bitCount, Long::bitCount)),
            Map.entry("clz", in -> count(in, Integer::numberOfLeadingZeros, Long::numberOfLeadingZeros)),
            Map.entry("brev", BitOperations::brev),
            Map.entry("bfind", BitFields::bfind),
            Map.entry("bfe", BitFields::bfe),
            Map.entry("bfi", BitFields::bfi));

    private static final int LANES = Registers.LANES;
    private static final List<DataType> BITS = List.of(DataType.B16, DataType.B32, DataType.B64);

    private BitOperations() {}

    private static Body logic(Source in, IntBinaryOperator f, LongBinaryOperator g) {
        if (in.modifiers().take("pred")) {
            in.modifiers().end();
            in.operands().expect(3);
            int d = in.operands().predicateTarget(0);
            Truth a = in.operands().truth(1);
            Truth b = in.operands().truth(2);
            return (warp, lanes) -> {
                Registers registers = warp.registers();
                registers.setPredicate(d, f.applyAsInt(a.get(registers), b.get(registers)), lanes);
            };
        }
        DataType type = in.modifiers().type(BITS);
        return Lanewise.binary(in, type, type.isWide() ? Rows.longBinary(g) : Rows.binary(f));
    }

    private static Body not(Source in) {
        if (in.modifiers().take("pred")) {
            in.modifiers().end();
            in.operands().expect(2);
            int d = in.operands().predicateTarget(0);
            Truth a = in.operands().truth(1);
            return (warp, lanes) -> warp.registers().setPredicate(d, ~a.get(warp.registers()), lanes);
        }
        DataType type = in.modifiers().type(BITS);
        int mask = type.bits() == 16 ? 0xffff : -1;
        return Lanewise.unary(in, type, type.isWide() ? Rows.longUnary(a -> ~a) : Rows.unary(a -> ~a & mask));
    }

    private static Body cnot(Source in) {
        DataType type = in.modifiers().type(BITS);
        return Lanewise.unary(
                in, type, type.isWide() ? Rows.longUnary(a -> a == 0 ? 1 : 0) : Rows.unary(a -> a == 0 ? 1 : 0));
    }

    /** Amounts of the width and more shift everything out. */
    private static Body shl(Source in) {
        DataType type = in.modifiers().type(BITS);
        RowFunction f = type.isWide()
                ? Rows.longShift((a, b) -> Integer.compareUnsigned(b, 64) < 0 ? a << b : 0)
                : type.bits() == 32
                        ? SHIFT_LEFT
                        : Rows.binary((a, b) -> Integer.compareUnsigned(b, 16) < 0 ? a << b & 0xffff : 0);
        return Lanewise.binary(in, type, DataType.U32, f);
    }

    private static final RowFunction SHIFT_LEFT = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            int amount = w[b + i];
            w[d + i] = (amount & -32) == 0 ? w[a + i] << amount : 0;
        }
    };

    private static Body shr(Source in) {
        DataType type = in.modifiers()
                .type(List.of(
                        DataType.B16,
                        DataType.B32,
                        DataType.B64,
                        DataType.U16,
                        DataType.U32,
                        DataType.U64,
                        DataType.S16,
                        DataType.S32,
                        DataType.S64));
        int most = type.bits() - 1;
        RowFunction f;
        if (type.isSigned()) {
            f = type.isWide()
                    ? Rows.longShift((a, b) -> a >> atMost(b, most))
                    : type.bits() == 32
                            ? Rows.binary((a, b) -> a >> atMost(b, most))
                            : Rows.binary((a, b) -> (short) a >> atMost(b, most) & 0xffff);
        } else {
            f = type.isWide()
                    ? Rows.longShift((a, b) -> Integer.compareUnsigned(b, 64) < 0 ? a >>> b : 0)
                    : Rows.binary((a, b) -> Integer.compareUnsigned(b, 32) < 0 ? a >>> b : 0);
        }
        return Lanewise.binary(in, type, DataType.U32, f);
    }

    private static int atMost(int amount, int most) {
        return Integer.compareUnsigned(amount, most) < 0 ? amount : most;
    }

    /** The 64 bits of two words, the second above the first, are shifted; one word of the result remains. */
    private static Body shf(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.B32));
        boolean left = in.modifiers().one(Map.of("l", true, "r", false));
        boolean wrap = in.modifiers().one(Map.of("wrap", true, "clamp", false));
        return Lanewise.ternary(in, type, Rows.ternary((a, b, c) -> {
            int amount = wrap ? c & 31 : Integer.compareUnsigned(c, 32) < 0 ? c : 32;
            long both = (long) b << 32 | a & 0xffff_ffffL;
            return left ? (int) (both << amount >>> 32) : (int) (both >>> amount);
        }));
    }

    private static Body lop3(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.B32));
        in.modifiers().end();
        in.operands().expect(5);
        int d = in.operands().target(0, type);
        int a = in.operands().source(1, type);
        int b = in.operands().source(2, type);
        int c = in.operands().source(3, type);
        int table = in.operands().constant(4);
        return Lanewise.body(false, Rows.ternary((x, y, z) -> combine(table, x, y, z)), d, a, b, c);
    }

    /** Bit i of the table is the result where the operands' bits, the first highest, form the number i. */
    private static int combine(int table, int x, int y, int z) {
        int result = 0;
        for (int i = 0; i < 8; i++) {
            if ((table >> i & 1) != 0) {
                result |= ((i & 4) != 0 ? x : ~x) & ((i & 2) != 0 ? y : ~y) & ((i & 1) != 0 ? z : ~z);
            }
        }
        return result;
    }

    /** Counts have 32 bits whatever is counted. */
    private static Body count(Source in, IntUnaryOperator f, LongToIntFunction g) {
        DataType type = in.modifiers().type(List.of(DataType.B32, DataType.B64));
        in.modifiers().end();
        in.operands().expect(2);
        int d = in.operands().target(0, DataType.U32);
        int a = in.operands().source(1, type);
        RowFunction rows = type.isWide() ? narrowing(g) : Rows.unary(f);
        return Lanewise.body(false, rows, d, a, 0, 0);
    }

    static RowFunction narrowing(LongToIntFunction g) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                w[d + i] = g.applyAsInt(x[a + i]);
            }
        };
    }

    private static Body brev(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.B32, DataType.B64));
        return Lanewise.unary(in, type, type.isWide() ? Rows.longUnary(Long::reverse) : Rows.unary(Integer::reverse));
    }
}
