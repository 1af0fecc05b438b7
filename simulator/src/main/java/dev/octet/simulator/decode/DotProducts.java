package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;

/** Dot products of four bytes, and of two halves and two bytes. */
final class DotProducts {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of("dp4a", DotProducts::dp4a, "dp2a", DotProducts::dp2a);

    private static final int LANES = Registers.LANES;

    private DotProducts() {}

    private static Body dp4a(Source in) {
        List<DataType> types = List.of(DataType.S32, DataType.U32);
        DataType b = in.modifiers().type(types);
        DataType a = in.modifiers().type(types);
        DataType sum = a.isSigned() || b.isSigned() ? DataType.S32 : DataType.U32;
        RowFunction f = a.isSigned()
                ? b.isSigned() ? SIGNED : Rows.ternary((x, y, z) -> signedUnsigned(y, x, z))
                : b.isSigned() ? UNSIGNED_SIGNED : Rows.ternary(DotProducts::unsigned);
        return Lanewise.ternary(in, sum, DataType.B32, sum, f);
    }

    /** The two halves of a word by the two lower or upper bytes of another. */
    private static Body dp2a(Source in) {
        List<DataType> types = List.of(DataType.S32, DataType.U32);
        DataType b = in.modifiers().type(types);
        DataType a = in.modifiers().type(types);
        int shift = in.modifiers().one(Map.of("lo", 0, "hi", 16));
        DataType sum = a.isSigned() || b.isSigned() ? DataType.S32 : DataType.U32;
        RowFunction f = Rows.ternary((x, y, z) -> z
                + half(x, 0, a.isSigned()) * octet(y, shift, b.isSigned())
                + half(x, 16, a.isSigned()) * octet(y, shift + 8, b.isSigned()));
        return Lanewise.ternary(in, sum, DataType.B32, sum, f);
    }

    private static int half(int word, int shift, boolean signed) {
        return signed ? (short) (word >> shift) : word >> shift & 0xffff;
    }

    private static int octet(int word, int shift, boolean signed) {
        return signed ? (byte) (word >> shift) : word >> shift & 0xff;
    }

    private static final RowFunction SIGNED = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            int p = w[a + i];
            int q = w[b + i];
            w[d + i] = w[c + i]
                    + (byte) p * (byte) q
                    + (byte) (p >> 8) * (byte) (q >> 8)
                    + (byte) (p >> 16) * (byte) (q >> 16)
                    + (p >> 24) * (q >> 24);
        }
    };

    private static final RowFunction UNSIGNED_SIGNED = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = signedUnsigned(w[a + i], w[b + i], w[c + i]);
        }
    };

    /** Unsigned bytes of the first word by signed bytes of the second. */
    private static int signedUnsigned(int p, int q, int sum) {
        return sum
                + (p & 255) * (byte) q
                + (p >> 8 & 255) * (byte) (q >> 8)
                + (p >> 16 & 255) * (byte) (q >> 16)
                + (p >>> 24) * (q >> 24);
    }

    private static int unsigned(int p, int q, int sum) {
        int result = sum;
        for (int shift = 0; shift < 32; shift += 8) {
            result += (p >> shift & 255) * (q >> shift & 255);
        }
        return result;
    }
}
