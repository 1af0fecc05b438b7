package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * Single precision, rounded to nearest even. The approximate functions, whose bits PTX does not define, and the other
 * rounding modes are not known.
 */
final class FloatArithmetic {
    private static final int LANES = Registers.LANES;

    /** What rounds to the smallest normal number in 24 bits. */
    private static final BigDecimal SMALLEST_KEPT = new BigDecimal(Float.MIN_NORMAL - 0x1p-151);

    private static final RowFunction ADD = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = sum(w[a + i], w[b + i]);
        }
    };

    private static final RowFunction FMA = (w, x, d, a, b, c) -> {
        for (int i = 0; i < LANES; i++) {
            w[d + i] = multiplyAdd(w[a + i], w[b + i], w[c + i]);
        }
    };

    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.ofEntries(
            Map.entry("add", in -> rounded(in, ADD, (a, b) -> sum(a, b))),
            Map.entry("sub", in -> rounded(in, null, (a, b) -> Floats.bits(Floats.value(a) - Floats.value(b)))),
            Map.entry("mul", in -> rounded(in, null, FloatArithmetic::product, FloatArithmetic::flushedProduct)),
            Map.entry("div", FloatArithmetic::div),
            Map.entry("fma", FloatArithmetic::fma),
            Map.entry("mad", FloatArithmetic::fma),
            Map.entry("min", in -> extreme(in, Floats::min)),
            Map.entry("max", in -> extreme(in, Floats::max)),
            Map.entry("abs", in -> sign(in, a -> Floats.isNan(a) ? Floats.NAN : a & 0x7fff_ffff)),
            Map.entry("neg", in -> sign(in, a -> Floats.isNan(a) ? Floats.NAN : a ^ 0x8000_0000)),
            Map.entry("rcp", in -> correctlyRounded(in, a -> Floats.bits(1f / Floats.value(a)))),
            Map.entry("sqrt", in -> correctlyRounded(in, a -> Floats.bits((float) Math.sqrt(Floats.value(a))))));

    private FloatArithmetic() {}

    private static int sum(int a, int b) {
        return Floats.bits(Floats.value(a) + Floats.value(b));
    }

    private static int multiplyAdd(int a, int b, int c) {
        return Floats.bits(Math.fma(Floats.value(a), Floats.value(b), Floats.value(c)));
    }

    private static int product(int a, int b) {
        return Floats.bits(Floats.value(a) * Floats.value(b));
    }

    /** The product, to which the addition of -0 changes nothing, not even the sign of a zero. */
    private static int flushedProduct(int a, int b) {
        return flushedMultiplyAdd(a, b, 0x8000_0000);
    }

    /**
     * A result becomes zero that is below the normal numbers when it is rounded to their 24 bits, not to the fewer bits of
     * a subnormal one, which may make it the smallest normal number. Measured on compute capability 9.0 for one product:
     * {@code 0x3f7fffff} by {@code 0x80800000} is -0. The exact limit is what ptxas has when it multiplies constants. Sums
     * of normal numbers are multiples of the smallest subnormal one, so that they are exact where it would matter;
     * reciprocals and roots are never so near. Quotients are: see {@link #flushedQuotient}.
     */
    private static int flushedMultiplyAdd(int a, int b, int c) {
        int x = Floats.flush(a);
        int y = Floats.flush(b);
        int z = Floats.flush(c);
        int rounded = multiplyAdd(x, y, z);
        boolean tiny = Math.abs(Floats.value(rounded)) == Float.MIN_NORMAL && isTiny(x, y, z);
        return tiny ? rounded & 0x8000_0000 : Floats.flush(rounded);
    }

    /**
     * The quotient; as of products, what is below the normal numbers becomes zero before it is rounded to the bits of a
     * subnormal number. Of two numbers of 24 bits that matters only if the quotient is the smallest normal number less
     * half of its last bit, which is a number of 24 bits and halfway between two subnormal ones. Not measured.
     */
    private static int flushedQuotient(int a, int b) {
        float x = Floats.value(Floats.flush(a));
        float y = Floats.value(Floats.flush(b));
        int rounded = Floats.bits(x / y);
        boolean tiny = Math.abs(Floats.value(rounded)) == Float.MIN_NORMAL
                && Math.abs((double) x) < Math.abs((double) y) * Float.MIN_NORMAL;
        return tiny ? rounded & 0x8000_0000 : Floats.flush(rounded);
    }

    private static boolean isTiny(int a, int b, int c) {
        BigDecimal exact = new BigDecimal(Floats.value(a))
                .multiply(new BigDecimal(Floats.value(b)))
                .add(new BigDecimal(Floats.value(c)));
        return exact.abs().compareTo(SMALLEST_KEPT) < 0;
    }

    private static DataType single(Source in) {
        return in.modifiers().type(List.of(DataType.F32));
    }

    private static IntUnaryOperator result(boolean saturate) {
        return saturate ? Floats::saturate : IntUnaryOperator.identity();
    }

    private static Body rounded(Source in, RowFunction plain, IntBinaryOperator f) {
        return rounded(in, plain, f, flushing(f, Floats::flush));
    }

    /** Sums and products; to nearest even is what they do if no mode is given. */
    private static Body rounded(Source in, RowFunction plain, IntBinaryOperator f, IntBinaryOperator flushed) {
        in.modifiers().take("rn");
        boolean flush = in.modifiers().take("ftz");
        boolean saturate = in.modifiers().take("sat");
        DataType type = single(in);
        if (plain != null && !flush && !saturate) {
            return Lanewise.binary(in, type, plain);
        }
        IntUnaryOperator end = result(saturate);
        IntBinaryOperator g = flush ? flushed : f;
        return Lanewise.binary(in, type, Rows.binary((a, b) -> end.applyAsInt(g.applyAsInt(a, b))));
    }

    private static IntBinaryOperator flushing(IntBinaryOperator f, IntUnaryOperator end) {
        return (a, b) -> end.applyAsInt(f.applyAsInt(Floats.flush(a), Floats.flush(b)));
    }

    private static Body div(Source in) {
        in.modifiers().require("rn");
        boolean flush = in.modifiers().take("ftz");
        IntBinaryOperator f =
                flush ? FloatArithmetic::flushedQuotient : (a, b) -> Floats.bits(Floats.value(a) / Floats.value(b));
        return Lanewise.binary(in, single(in), Rows.binary(f));
    }

    private static Body fma(Source in) {
        in.modifiers().require("rn");
        boolean flush = in.modifiers().take("ftz");
        boolean saturate = in.modifiers().take("sat");
        DataType type = single(in);
        if (!flush && !saturate) {
            return Lanewise.ternary(in, type, FMA);
        }
        IntUnaryOperator end = result(saturate);
        return Lanewise.ternary(
                in,
                type,
                Rows.ternary((a, b, c) -> end.applyAsInt(flush ? flushedMultiplyAdd(a, b, c) : multiplyAdd(a, b, c))));
    }

    /** With {@code .NaN} a NaN wins, without it loses. */
    private static Body extreme(Source in, IntBinaryOperator f) {
        boolean flush = in.modifiers().take("ftz");
        boolean keepsNan = in.modifiers().take("NaN");
        if (keepsNan) {
            in.requires(80);
        }
        DataType type = single(in);
        IntBinaryOperator g =
                keepsNan ? (a, b) -> Floats.isNan(a) || Floats.isNan(b) ? Floats.NAN : f.applyAsInt(a, b) : f;
        return Lanewise.binary(in, type, Rows.binary(flush ? flushing(g, IntUnaryOperator.identity()) : g));
    }

    /** The sign of a number; of NaNs PTX says nothing, and a GPU (measured on compute capability 9.0) makes them one. */
    private static Body sign(Source in, IntUnaryOperator f) {
        boolean flush = in.modifiers().take("ftz");
        DataType type = single(in);
        return Lanewise.unary(in, type, Rows.unary(flush ? f.compose(Floats::flush) : f));
    }

    private static Body correctlyRounded(Source in, IntUnaryOperator f) {
        in.modifiers().require("rn");
        boolean flush = in.modifiers().take("ftz");
        DataType type = single(in);
        return Lanewise.unary(
                in, type, Rows.unary(flush ? f.compose(Floats::flush).andThen(Floats::flush) : f));
    }
}
