package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** Conversions between types. */
final class Conversions {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of("cvt", Conversions::cvt);

    private static final int LANES = Registers.LANES;

    /** Roundings to an integer. The operand is a float, so that nothing is lost in double precision. */
    private static final Map<String, DoubleUnaryOperator> TO_INTEGER = Map.of(
            "rni", Math::rint,
            "rzi", value -> value < 0 ? Math.ceil(value) : Math.floor(value),
            "rmi", Math::floor,
            "rpi", Math::ceil);

    private static final List<DataType> INTEGERS = List.of(
            DataType.U8,
            DataType.U16,
            DataType.U32,
            DataType.U64,
            DataType.S8,
            DataType.S16,
            DataType.S32,
            DataType.S64);

    private Conversions() {}

    private static Body cvt(Source in) {
        if (in.modifiers().take("pack")) {
            in.requires(72);
            return pack(in);
        }
        DataType from = in.modifiers().type();
        DataType to = in.modifiers().type();
        if (from == DataType.F32 && to == DataType.F32) {
            return floatToFloat(in);
        } else if (from == DataType.F32 && INTEGERS.contains(to)) {
            return floatToInteger(in, to);
        } else if (INTEGERS.contains(from) && to == DataType.F32) {
            return integerToFloat(in, from);
        } else if (INTEGERS.contains(from) && INTEGERS.contains(to)) {
            return integerToInteger(in, from, to);
        }
        throw in.modifiers().unknown();
    }

    /** The value of the low bits of a register. */
    static long extend(long bits, DataType type) {
        int unused = 64 - type.bits();
        return type.isSigned() ? bits << unused >> unused : bits << unused >>> unused;
    }

    static long smallest(DataType type) {
        return type.isSigned() ? -1L << type.bits() - 1 : 0;
    }

    /** The largest value; that of U64 does not fit. */
    static long largest(DataType type) {
        int bits = type.isSigned() ? type.bits() - 1 : type.bits();
        return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    static long clamp(long value, DataType type) {
        return Math.max(smallest(type), Math.min(largest(type), value));
    }

    private static Body integerToInteger(Source in, DataType from, DataType to) {
        boolean saturates = in.modifiers().take("sat");
        if (saturates && (from == DataType.U64 || to == DataType.U64 || contains(to, from))) {
            throw in.modifiers().unknown();
        }
        LongUnaryOperator f =
                saturates ? bits -> clamp(extend(bits, from), to) : bits -> extend(extend(bits, from), to);
        return converted(in, from, to, f);
    }

    /** Whether all values of a type are values of another, for which PTX permits no saturation. */
    private static boolean contains(DataType type, DataType other) {
        return smallest(type) <= smallest(other) && largest(other) <= largest(type);
    }

    private static Body floatToInteger(Source in, DataType to) {
        DoubleUnaryOperator rounding = in.modifiers().one(TO_INTEGER);
        boolean flush = in.modifiers().take("ftz");
        in.modifiers().take("sat");
        if (to == DataType.S32 && !flush && rounding == TO_INTEGER.get("rni")) {
            in.modifiers().end();
            in.operands().expect(2);
            int d = in.operands().target(0, to);
            int a = in.operands().source(1, DataType.F32);
            return Lanewise.body(false, TO_NEAREST_INTEGER, d, a, 0, 0);
        }
        return converted(in, DataType.F32, to, bits -> {
            int single = flush ? Floats.flush((int) bits) : (int) bits;
            return toInteger(rounding.applyAsDouble(Floats.value(single)), to);
        });
    }

    private static final RowFunction TO_NEAREST_INTEGER = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = (int) Math.rint((double) Floats.value(w[a + i]));
        }
    };

    /** Values beyond the type become its nearest, NaN zero, or of 64 bits the one with only the highest bit. */
    private static long toInteger(double value, DataType to) {
        if (value != value) {
            return to.isWide() ? Long.MIN_VALUE : 0;
        } else if (to == DataType.U64) {
            return unsigned(value);
        }
        return clamp((long) value, to);
    }

    private static long unsigned(double value) {
        if (value < 0x1p63) {
            return value <= 0 ? 0 : (long) value;
        }
        return value >= 0x1p64 ? -1 : (long) (value - 0x1p63) + Long.MIN_VALUE;
    }

    private static Body integerToFloat(Source in, DataType from) {
        in.modifiers().require("rn");
        if (from == DataType.S32) {
            in.modifiers().end();
            in.operands().expect(2);
            int d = in.operands().target(0, DataType.F32);
            int a = in.operands().source(1, from);
            return Lanewise.body(false, TO_FLOAT, d, a, 0, 0);
        }
        return converted(in, from, DataType.F32, bits -> Float.floatToRawIntBits(toFloat(bits, from)));
    }

    private static final RowFunction TO_FLOAT = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = Float.floatToRawIntBits((float) w[a + i]);
        }
    };

    /** Java's cast rounds to nearest even; halves of large unsigned numbers keep their lowest bit for that. */
    private static float toFloat(long bits, DataType from) {
        long value = extend(bits, from);
        if (from == DataType.U64 && value < 0) {
            return 2f * (float) (value >>> 1 | value & 1);
        }
        return (float) value;
    }

    private static Body floatToFloat(Source in) {
        DoubleUnaryOperator rounding = in.modifiers().oneOr(TO_INTEGER, DoubleUnaryOperator.identity());
        boolean flush = in.modifiers().take("ftz");
        boolean saturates = in.modifiers().take("sat");
        return converted(in, DataType.F32, DataType.F32, bits -> {
            int single = flush ? Floats.flush((int) bits) : (int) bits;
            int result = Floats.bits((float) rounding.applyAsDouble(Floats.value(single)));
            return saturates ? Floats.saturate(result) : result;
        });
    }

    /** Registers may be wider than their types; a result is extended to its register. */
    private static Body converted(Source in, DataType from, DataType to, LongUnaryOperator f) {
        in.modifiers().end();
        in.operands().expect(2);
        Row d = in.operands().wideTarget(0, to);
        Row a = in.operands().wideSource(1, from);
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                d.set(registers, lane, f.applyAsLong(a.get(registers, lane)));
            }
        };
    }

    /** Saturates two words to bytes or halves, the first above the second; of bytes, a third word's half lies above. */
    private static Body pack(Source in) {
        in.modifiers().require("sat");
        boolean third = in.modifiers().endsWith("b32");
        if (third) {
            in.modifiers().require("b32");
        }
        in.modifiers().type(List.of(DataType.S32));
        DataType to =
                in.modifiers().type(third ? List.of(DataType.S8, DataType.U8) : List.of(DataType.S16, DataType.U16));
        int bits = to.bits();
        int mask = (1 << bits) - 1;
        if (!third) {
            return Lanewise.binary(
                    in, DataType.B32, Rows.binary((a, b) -> (int) clamp(a, to) << bits | (int) clamp(b, to) & mask));
        }
        return Lanewise.ternary(
                in,
                DataType.B32,
                Rows.ternary(
                        (a, b, c) -> c << 2 * bits | ((int) clamp(a, to) & mask) << bits | (int) clamp(b, to) & mask));
    }
}
