package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import java.util.List;

/**
 * Bit fields. PTX restricts their position and length to 0 ... 255. What larger words do is measured on compute capability
 * 9.0: of 32 bits the low bytes count alone; of 64 bits the whole unsigned words, so that 256 is beyond the top, not 0.
 */
final class BitFields {
    private static final List<DataType> NUMBERS = List.of(DataType.U32, DataType.S32, DataType.U64, DataType.S64);

    private BitFields() {}

    /** Position of the highest bit that differs from the sign; -1 if there is none. */
    static Body bfind(Source in) {
        DataType type = in.modifiers().type(NUMBERS);
        boolean amount = in.modifiers().take("shiftamt");
        in.modifiers().end();
        in.operands().expect(2);
        int d = in.operands().target(0, DataType.U32);
        int a = in.operands().source(1, type);
        boolean signed = type.isSigned();
        RowFunction f = type.isWide()
                ? BitOperations.narrowing(v -> find(signed && v < 0 ? ~v : v, 63, amount))
                : Rows.unary(v -> find((signed && v < 0 ? ~v : v) & 0xffff_ffffL, 31, amount));
        return Lanewise.body(false, f, d, a, 0, 0);
    }

    private static int find(long value, int top, boolean amount) {
        if (value == 0) {
            return -1;
        }
        int position = 63 - Long.numberOfLeadingZeros(value);
        return amount ? top - position : position;
    }

    static Body bfe(Source in) {
        DataType type = in.modifiers().type(NUMBERS);
        in.modifiers().end();
        in.operands().expect(4);
        int d = in.operands().target(0, type);
        int a = in.operands().source(1, type);
        int b = in.operands().source(2, DataType.U32);
        int c = in.operands().source(3, DataType.U32);
        boolean signed = type.isSigned();
        RowFunction f = type.isWide()
                ? (w, x, r, p, q, s) -> {
                    for (int i = 0; i < Registers.LANES; i++) {
                        x[r + i] = extract(x[p + i], amount(w[q + i], 64), amount(w[s + i], 64), 64, signed);
                    }
                }
                : Rows.ternary((v, position, length) -> (int)
                        extract(signed ? v : v & 0xffff_ffffL, amount(position, 32), amount(length, 32), 32, signed));
        return Lanewise.body(type.isWide(), f, d, a, b, c);
    }

    /** A position or length in a field of a width, at most this width. */
    private static int amount(int word, int bits) {
        int counted = bits == 64 ? word : word & 255;
        return Integer.compareUnsigned(counted, bits) < 0 ? counted : bits;
    }

    /** Bits beyond the top equal the sign, which is 0 for unsigned types; an empty field is 0. */
    static long extract(long value, int position, int length, int bits, boolean signed) {
        if (length == 0) {
            return 0;
        }
        long sign = signed ? value >> Math.min(position + length - 1, bits - 1) & 1 : 0;
        long result = 0;
        for (int i = 0; i < bits; i++) {
            boolean inside = i < length && position + i < bits;
            long bit = inside ? value >>> position + i & 1 : sign;
            result |= bit << i;
        }
        return result;
    }

    static Body bfi(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.B32, DataType.B64));
        in.modifiers().end();
        in.operands().expect(5);
        Row d = in.operands().wideTarget(0, type);
        Row a = in.operands().wideSource(1, type);
        Row b = in.operands().wideSource(2, type);
        Row c = in.operands().wideSource(3, DataType.U32);
        Row length = in.operands().wideSource(4, DataType.U32);
        return (warp, lanes) -> {
            Registers r = warp.registers();
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int at = amount((int) c.get(r, lane), type.bits());
                int count = amount((int) length.get(r, lane), type.bits());
                d.set(r, lane, insert(a.get(r, lane), b.get(r, lane), at, count, type.bits()));
            }
        };
    }

    static long insert(long from, long into, int position, int length, int bits) {
        long result = into;
        for (int i = 0; i < length && position + i < bits; i++) {
            result = result & ~(1L << position + i) | (from >>> i & 1) << position + i;
        }
        return result;
    }
}
