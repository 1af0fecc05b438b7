package dev.octet.simulator.decode;

import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Fault;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Sums, products, quotients and extremes of integers. */
final class IntegerArithmetic {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.ofEntries(
            Map.entry("add", IntegerArithmetic::add),
            Map.entry("sub", IntegerArithmetic::sub),
            Map.entry("mul", IntegerArithmetic::mul),
            Map.entry("mad", IntegerArithmetic::mad),
            Map.entry("min", IntegerArithmetic::min),
            Map.entry("max", IntegerArithmetic::max),
            Map.entry("div", IntegerArithmetic::div),
            Map.entry("rem", IntegerArithmetic::rem),
            Map.entry("abs", IntegerArithmetic::abs),
            Map.entry("neg", IntegerArithmetic::neg),
            Map.entry("sad", IntegerArithmetic::sad));

    private static final int LANES = Registers.LANES;
    private static final List<DataType> TYPES =
            List.of(DataType.S16, DataType.U16, DataType.S32, DataType.U32, DataType.S64, DataType.U64);

    private IntegerArithmetic() {}

    private static DataType type(Source in) {
        return in.modifiers().type(TYPES);
    }

    /** A function of two numbers in the width of a type; narrow operands are extended before and cut off after it. */
    private static RowFunction rows(DataType type, IntBinaryOperator f, LongBinaryOperator g) {
        if (type.isWide()) {
            return Rows.longBinary(g);
        } else if (type.bits() == 32) {
            return Rows.binary(f);
        }
        return type.isSigned()
                ? Rows.binary((a, b) -> f.applyAsInt((short) a, (short) b) & 0xffff)
                : Rows.binary((a, b) -> f.applyAsInt(a, b) & 0xffff);
    }

    private static Body add(Source in) {
        DataType type = type(in);
        if (type == DataType.S32 && in.modifiers().take("sat")) {
            return Lanewise.binary(in, type, Rows.binary((a, b) -> saturate((long) a + b)));
        }
        return Lanewise.binary(in, type, type.bits() == 32 ? ADD : rows(type, Integer::sum, Long::sum));
    }

    private static final RowFunction ADD = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = w[a + i] + w[b + i];
        }
    };

    private static Body sub(Source in) {
        DataType type = type(in);
        if (type == DataType.S32 && in.modifiers().take("sat")) {
            return Lanewise.binary(in, type, Rows.binary((a, b) -> saturate((long) a - b)));
        }
        return Lanewise.binary(in, type, rows(type, (a, b) -> a - b, (a, b) -> a - b));
    }

    static int saturate(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    private static Body mul(Source in) {
        DataType type = type(in);
        if (in.modifiers().take("wide")) {
            return wide(in, type, false);
        } else if (in.modifiers().take("hi")) {
            return Lanewise.binary(in, type, high(type));
        }
        in.modifiers().require("lo");
        return Lanewise.binary(in, type, rows(type, (a, b) -> a * b, (a, b) -> a * b));
    }

    private static RowFunction high(DataType type) {
        if (type.isWide()) {
            return Rows.longBinary(type.isSigned() ? Math::multiplyHigh : IntegerArithmetic::unsignedHigh);
        } else if (type.bits() == 16) {
            return rows(type, (a, b) -> a * b >> 16, null);
        }
        return type.isSigned()
                ? Rows.binary((a, b) -> (int) ((long) a * b >> 32))
                : Rows.binary((a, b) -> (int) ((a & 0xffff_ffffL) * (b & 0xffff_ffffL) >>> 32));
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /** A product, or product and sum, twice as wide as its factors. */
    private static Body wide(Source in, DataType type, boolean adds) {
        if (type.bits() == 16) {
            return wideFromShort(in, type, adds);
        } else if (type.isWide()) {
            throw in.modifiers().unknown();
        }
        DataType result = type.isSigned() ? DataType.S64 : DataType.U64;
        RowFunction f = type.isSigned()
                ? Rows.wide((a, b) -> (long) a * b, adds)
                : Rows.wide((a, b) -> (a & 0xffff_ffffL) * (b & 0xffff_ffffL), adds);
        return product(in, result, type, adds, f);
    }

    private static Body wideFromShort(Source in, DataType type, boolean adds) {
        DataType result = type.isSigned() ? DataType.S32 : DataType.U32;
        IntBinaryOperator f = type.isSigned() ? (a, b) -> (short) a * (short) b : (a, b) -> a * b;
        RowFunction rows = adds ? Rows.ternary((a, b, c) -> f.applyAsInt(a, b) + c) : Rows.binary(f);
        return product(in, result, type, adds, rows);
    }

    private static Body product(Source in, DataType result, DataType factor, boolean adds, RowFunction f) {
        if (adds) {
            return Lanewise.ternary(in, result, factor, result, f);
        }
        in.modifiers().end();
        in.operands().expect(3);
        int d = in.operands().target(0, result);
        int a = in.operands().source(1, factor);
        int b = in.operands().source(2, factor);
        return Lanewise.body(result.isWide(), f, d, a, b, 0);
    }

    private static Body mad(Source in) {
        DataType type = type(in);
        if (in.modifiers().take("wide")) {
            return wide(in, type, true);
        } else if (in.modifiers().take("hi")) {
            if (type.bits() != 32) {
                throw in.modifiers().unknown();
            }
            return Lanewise.ternary(
                    in,
                    type,
                    type.isSigned()
                            ? Rows.ternary((a, b, c) -> (int) ((long) a * b >> 32) + c)
                            : Rows.ternary((a, b, c) -> (int) ((a & 0xffff_ffffL) * (b & 0xffff_ffffL) >>> 32) + c));
        }
        in.modifiers().require("lo");
        if (type.isWide()) {
            return Lanewise.ternary(in, type, Rows.longTernary((a, b, c) -> a * b + c));
        }
        int mask = type.bits() == 16 ? 0xffff : -1;
        return Lanewise.ternary(in, type, Rows.ternary((a, b, c) -> a * b + c & mask));
    }

    private static Body min(Source in) {
        DataType type = type(in);
        return Lanewise.binary(
                in,
                type,
                type.isSigned()
                        ? rows(type, Math::min, Math::min)
                        : rows(
                                type,
                                (a, b) -> Integer.compareUnsigned(a, b) < 0 ? a : b,
                                (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b));
    }

    private static Body max(Source in) {
        DataType type = type(in);
        return Lanewise.binary(
                in,
                type,
                type.isSigned()
                        ? rows(type, Math::max, Math::max)
                        : rows(
                                type,
                                (a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b,
                                (a, b) -> Long.compareUnsigned(a, b) > 0 ? a : b));
    }

    private static Body div(Source in) {
        DataType type = type(in);
        RowFunction f = type.isSigned()
                ? rows(type, (a, b) -> b == 0 ? -1 : a / b, (a, b) -> b == 0 ? -1 : a / b)
                : rows(
                        type,
                        (a, b) -> b == 0 ? -1 : Integer.divideUnsigned(a, b),
                        (a, b) -> b == 0 ? -1 : Long.divideUnsigned(a, b));
        return quotient(in, type, f);
    }

    private static Body rem(Source in) {
        DataType type = type(in);
        RowFunction f = type.isSigned()
                ? rows(type, (a, b) -> b == 0 ? -1 : a % b, (a, b) -> b == 0 ? -1 : a % b)
                : rows(
                        type,
                        (a, b) -> b == 0 ? -1 : Integer.remainderUnsigned(a, b),
                        (a, b) -> b == 0 ? -1 : Long.remainderUnsigned(a, b));
        return quotient(in, type, f);
    }

    /** PTX leaves open what a division by zero gives. */
    private static Body quotient(Source in, DataType type, RowFunction f) {
        Body body = Lanewise.binary(in, type, f);
        Row divisor = in.operands().wideSource(2, type);
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                if (divisor.get(warp.registers(), lane) == 0) {
                    throw new Fault(lane, SimulatorCode.UNDEFINED, "the divisor is zero");
                }
            }
            body.run(warp, lanes);
        };
    }

    private static Body abs(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.S16, DataType.S32, DataType.S64));
        return Lanewise.unary(
                in,
                type,
                type.isWide()
                        ? Rows.longUnary(Math::abs)
                        : type.bits() == 32 ? Rows.unary(Math::abs) : Rows.unary(a -> Math.abs((short) a) & 0xffff));
    }

    private static Body neg(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.S16, DataType.S32, DataType.S64));
        int mask = type.bits() == 16 ? 0xffff : -1;
        return Lanewise.unary(in, type, type.isWide() ? Rows.longUnary(a -> -a) : Rows.unary(a -> -a & mask));
    }

    private static Body sad(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.S32, DataType.U32));
        return Lanewise.ternary(
                in,
                type,
                type.isSigned()
                        ? Rows.ternary((a, b, c) -> c + (a > b ? a - b : b - a))
                        : Rows.ternary((a, b, c) -> c + (Integer.compareUnsigned(a, b) > 0 ? a - b : b - a)));
    }
}
