package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
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
            Map.entry("mul", in -> rounded(in, null, (a, b) -> Floats.bits(Floats.value(a) * Floats.value(b)))),
            Map.entry("div", FloatArithmetic::div),
            Map.entry("fma", FloatArithmetic::fma),
            Map.entry("mad", FloatArithmetic::fma),
            Map.entry("min", in -> extreme(in, Floats::min)),
            Map.entry("max", in -> extreme(in, Floats::max)),
            Map.entry("abs", in -> sign(in, a -> a & 0x7fff_ffff)),
            Map.entry("neg", in -> sign(in, a -> a ^ 0x8000_0000)),
            Map.entry("rcp", in -> correctlyRounded(in, a -> Floats.bits(1f / Floats.value(a)))),
            Map.entry("sqrt", in -> correctlyRounded(in, a -> Floats.bits((float) Math.sqrt(Floats.value(a))))));

    private FloatArithmetic() {}

    private static int sum(int a, int b) {
        return Floats.bits(Floats.value(a) + Floats.value(b));
    }

    private static int multiplyAdd(int a, int b, int c) {
        return Floats.bits(Math.fma(Floats.value(a), Floats.value(b), Floats.value(c)));
    }

    private static DataType single(Source in) {
        return in.modifiers().type(List.of(DataType.F32));
    }

    private static IntUnaryOperator result(boolean flush, boolean saturate) {
        IntUnaryOperator flushed = flush ? Floats::flush : IntUnaryOperator.identity();
        return saturate ? flushed.andThen(Floats::saturate) : flushed;
    }

    /** Sums and products; to nearest even is what they do if no mode is given. */
    private static Body rounded(Source in, RowFunction plain, IntBinaryOperator f) {
        in.modifiers().take("rn");
        boolean flush = in.modifiers().take("ftz");
        boolean saturate = in.modifiers().take("sat");
        DataType type = single(in);
        if (plain != null && !flush && !saturate) {
            return Lanewise.binary(in, type, plain);
        }
        IntUnaryOperator end = result(flush, saturate);
        return Lanewise.binary(
                in, type, Rows.binary(flush ? flushing(f, end) : (a, b) -> end.applyAsInt(f.applyAsInt(a, b))));
    }

    private static IntBinaryOperator flushing(IntBinaryOperator f, IntUnaryOperator end) {
        return (a, b) -> end.applyAsInt(f.applyAsInt(Floats.flush(a), Floats.flush(b)));
    }

    private static Body div(Source in) {
        in.modifiers().require("rn");
        return rounded(in, null, (a, b) -> Floats.bits(Floats.value(a) / Floats.value(b)));
    }

    private static Body fma(Source in) {
        in.modifiers().require("rn");
        boolean flush = in.modifiers().take("ftz");
        boolean saturate = in.modifiers().take("sat");
        DataType type = single(in);
        if (!flush && !saturate) {
            return Lanewise.ternary(in, type, FMA);
        }
        IntUnaryOperator start = flush ? Floats::flush : IntUnaryOperator.identity();
        IntUnaryOperator end = result(flush, saturate);
        return Lanewise.ternary(
                in,
                type,
                Rows.ternary((a, b, c) ->
                        end.applyAsInt(multiplyAdd(start.applyAsInt(a), start.applyAsInt(b), start.applyAsInt(c)))));
    }

    /** With {@code .NaN} a NaN wins, without it loses. */
    private static Body extreme(Source in, IntBinaryOperator f) {
        boolean flush = in.modifiers().take("ftz");
        boolean keepsNan = in.modifiers().take("NaN");
        DataType type = single(in);
        IntBinaryOperator g =
                keepsNan ? (a, b) -> Floats.isNan(a) || Floats.isNan(b) ? Floats.NAN : f.applyAsInt(a, b) : f;
        return Lanewise.binary(in, type, Rows.binary(flush ? flushing(g, IntUnaryOperator.identity()) : g));
    }

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
