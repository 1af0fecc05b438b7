package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Instructions on floats at zeros, subnormal numbers, halves, limits of integers, infinities and NaNs. */
class FloatInstructionsTest {
    private static final long SEED = Long.getLong("octet.seed", 20180);
    private static final int NAN = 0x7fff_ffff;
    private static final long[] SPECIAL = LongStream.of(
                    0,
                    0x8000_0000L,
                    1,
                    0x8000_0001L,
                    0x007f_ffffL,
                    0x0080_0000L,
                    0x3f80_0000L,
                    0xbf80_0000L,
                    0x3f00_0000L,
                    0xbf00_0000L,
                    0x3fc0_0000L,
                    0x4020_0000L,
                    0xc020_0000L,
                    0x42fe_0000L,
                    0x42ff_0000L,
                    0x4300_0000L,
                    0x4b00_0001L,
                    0x4b80_0001L,
                    0x4eff_ffffL,
                    0x4f00_0000L,
                    0xcf00_0000L,
                    0xcf00_0001L,
                    0x4f7f_ffffL,
                    0x4f80_0000L,
                    0x5eff_ffffL,
                    0x5f00_0000L,
                    0x7f7f_ffffL,
                    0xff7f_ffffL,
                    0x7f80_0000L,
                    0xff80_0000L,
                    0x7fc0_0000L)
            .toArray();

    /** A result from the operands. */
    @FunctionalInterface
    private interface Formula {
        float apply(float a, float b, float c);
    }

    /** A result's bits from the operands. */
    @FunctionalInterface
    private interface BitFormula {
        long apply(float a, float b, float c);
    }

    private static float f(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private static long bits(float value) {
        return (value != value ? NAN : Float.floatToRawIntBits(value)) & 0xffff_ffffL;
    }

    private static DynamicTest floats(String text, Formula formula) {
        return InstructionsTest.test(
                LaneProgram.floats(text), text, SPECIAL, (a, b, c) -> bits(formula.apply(f(a), f(b), f(c))));
    }

    private static DynamicTest words(String text, BitFormula formula) {
        return InstructionsTest.test(
                LaneProgram.words(text), text, SPECIAL, (a, b, c) -> formula.apply(f(a), f(b), f(c)) & 0xffff_ffffL);
    }

    private static DynamicTest longs(String text, BitFormula formula) {
        return InstructionsTest.test(
                LaneProgram.longs(text), text, SPECIAL, (a, b, c) -> formula.apply(f(a), f(b), f(c)));
    }

    private static DynamicTest truths(String text, BitFormula formula) {
        return InstructionsTest.test(
                LaneProgram.truths(text), text, SPECIAL, (a, b, c) -> formula.apply(f(a), f(b), f(c)));
    }

    private static float flush(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
    }

    private static float saturate(float value) {
        return value > 0 ? Math.min(value, 1) : 0;
    }

    /** One rounding of the exact result, without the instruction that the simulator uses. */
    private static float multiplyAdd(float a, float b, float c) {
        boolean finite = Float.isFinite(a) && Float.isFinite(b) && Float.isFinite(c);
        if (!finite || a == 0 || b == 0) {
            return a * b + c;
        }
        BigDecimal exact = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
        return exact.signum() == 0 ? a * b + c : exact.floatValue();
    }

    @TestFactory
    Stream<DynamicTest> arithmetic() {
        return Stream.of(
                floats("add.f32 %fd, %fa, %fb;", (a, b, c) -> a + b),
                floats("add.rn.f32 %fd, %fa, 0f3F800000;", (a, b, c) -> a + 1),
                floats("sub.rn.f32 %fd, %fa, %fb;", (a, b, c) -> a - b),
                floats("mul.rn.f32 %fd, %fa, %fb;", (a, b, c) -> a * b),
                floats("mul.ftz.f32 %fd, %fa, %fb;", (a, b, c) -> flushedProduct(flush(a), flush(b))),
                products("mul.ftz.f32 %fd, %fa, %fb;"),
                quotients(),
                products("fma.rn.ftz.f32 %fd, %fa, %fb, 0f80000000;"),
                floats("add.sat.f32 %fd, %fa, %fb;", (a, b, c) -> saturate(a + b)),
                floats("div.rn.f32 %fd, %fa, %fb;", (a, b, c) -> a / b),
                floats("rcp.rn.f32 %fd, %fa;", (a, b, c) -> 1 / a),
                floats("sqrt.rn.f32 %fd, %fa;", FloatInstructionsTest::root),
                floats("fma.rn.f32 %fd, %fa, %fb, %fc;", FloatInstructionsTest::multiplyAdd),
                floats(
                        "fma.rn.ftz.sat.f32 %fd, %fa, %fb, %fc;",
                        (a, b, c) -> saturate(flush(multiplyAdd(flush(a), flush(b), flush(c))))));
    }

    /**
     * Quotients next to the smallest normal number, of all kinds of divisors: what is less without rounding becomes zero. Only
     * the largest 24-bit number by a power of two is so close that rounding to a subnormal's bits would reach it.
     */
    private static DynamicTest quotients() {
        String text = "div.rn.ftz.f32 %fd, %fa, %fb;";
        return dynamicTest(text + " near the smallest normal number", () -> {
            Random random = new Random(SEED);
            long[] a = new long[1000];
            long[] b = new long[a.length];
            for (int i = 0; i < a.length; i++) {
                int divisor = i % 3 == 0 ? (128 + random.nextInt(126)) << 23 : (128 << 23) + random.nextInt(126 << 23);
                float product = Float.intBitsToFloat(divisor) * Float.MIN_NORMAL;
                int sign = random.nextBoolean() ? 0x8000_0000 : 0;
                a[i] = (Float.floatToRawIntBits(product) + random.nextInt(5) - 3 ^ sign) & 0xffff_ffffL;
                b[i] = divisor;
            }
            long[] results = LaneProgram.floats(text).run(a, b, b);
            for (int i = 0; i < a.length; i++) {
                assertThat((int) results[i])
                        .as("%x by %x, -Doctet.seed=%d", a[i], b[i], SEED)
                        .isEqualTo(flushedQuotientBits((int) a[i], (int) b[i]));
            }
        });
    }

    private static int flushedQuotientBits(int a, int b) {
        float x = flush(Float.intBitsToFloat(a));
        float y = Float.intBitsToFloat(b);
        BigDecimal limit = new BigDecimal(Float.MIN_NORMAL).multiply(new BigDecimal(y).abs());
        boolean tiny = new BigDecimal(x).abs().compareTo(limit) < 0;
        return tiny ? a & 0x8000_0000 : Float.floatToRawIntBits(x / y);
    }

    /** Operands whose products are the smallest normal number less a part of its last bit, and all pairs of them. */
    private static DynamicTest products(String text) {
        long[] pairs = {
            0x3f7f_ffffL,
            0x8080_0000L,
            0x3f7f_f800L,
            0x0080_0400L,
            0x3f11_8e00L,
            0x00e1_2000L,
            0x3f69_7304L,
            0x008c_5d52L
        };
        return InstructionsTest.test(
                LaneProgram.floats(text),
                text + " near the smallest normal number",
                pairs,
                (a, b, c) -> bits(flushedProduct(flush(f(a)), flush(f(b)))));
    }

    /** Rounded where the exponent does not limit it. */
    private static float flushedProduct(float a, float b) {
        boolean tiny = Math.abs((float) ((double) a * b * 0x1p64)) < 0x1p-62f;
        return tiny ? Math.copySign(0f, Math.signum(a) * Math.signum(b)) : a * b;
    }

    private static float root(float a, float b, float c) {
        if (!(a > 0) || Float.isInfinite(a)) {
            return a == 0 || a > 0 ? a : Float.NaN;
        }
        return new BigDecimal(a).sqrt(new MathContext(60, RoundingMode.DOWN)).floatValue();
    }

    @TestFactory
    Stream<DynamicTest> extremesAndSigns() {
        return Stream.of(
                floats("min.f32 %fd, %fa, %fb;", (a, b, c) -> a != a ? b : b != b ? a : Math.min(a, b)),
                floats("max.f32 %fd, %fa, %fb;", (a, b, c) -> a != a ? b : b != b ? a : Math.max(a, b)),
                floats("min.NaN.f32 %fd, %fa, %fb;", (a, b, c) -> Math.min(a, b)),
                floats(
                        "max.ftz.f32 %fd, %fa, %fb;",
                        (a, b, c) -> a != a ? flush(b) : b != b ? flush(a) : Math.max(flush(a), flush(b))),
                words("abs.f32 %d, %fa;", (a, b, c) -> bits(Math.abs(a))),
                words("neg.f32 %d, %fa;", (a, b, c) -> bits(-a)));
    }

    private static long bit(boolean value) {
        return value ? 1 : 0;
    }

    @TestFactory
    Stream<DynamicTest> comparisons() {
        return Stream.of(
                truths("setp.lt.f32 %p, %fa, %fb;", (a, b, c) -> bit(a < b)),
                truths("setp.eq.f32 %p, %fa, %fb;", (a, b, c) -> bit(a == b)),
                truths("setp.ne.f32 %p, %fa, %fb;", (a, b, c) -> bit(a < b || a > b)),
                truths("setp.neu.f32 %p, %fa, %fb;", (a, b, c) -> bit(a != b)),
                truths("setp.geu.f32 %p, %fa, %fb;", (a, b, c) -> bit(!(a < b))),
                truths("setp.nan.f32 %p, %fa, %fb;", (a, b, c) -> bit(a != a || b != b)),
                truths("setp.num.f32 %p, %fa, %fb;", (a, b, c) -> bit(a == a && b == b)),
                truths("setp.gt.ftz.f32 %p, %fa, %fb;", (a, b, c) -> bit(flush(a) > flush(b))));
    }

    /** The integer nearest in a direction, limited to a range; zero for NaN. */
    private static long integer(float value, RoundingMode mode, BigInteger lowest, BigInteger highest, long nan) {
        if (value != value) {
            return nan;
        } else if (Float.isInfinite(value)) {
            return (value > 0 ? highest : lowest).longValue();
        }
        BigInteger whole = new BigDecimal(value).setScale(0, mode).toBigInteger();
        return whole.max(lowest).min(highest).longValue();
    }

    private static long integer(float value, RoundingMode mode, int bits, boolean signed) {
        BigInteger highest = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        BigInteger lowest = signed ? highest.not() : BigInteger.ZERO;
        return integer(value, mode, lowest, highest, bits == 64 ? Long.MIN_VALUE : 0);
    }

    @TestFactory
    Stream<DynamicTest> toIntegers() {
        return Stream.of(
                words("cvt.rni.s32.f32 %d, %fa;", (a, b, c) -> integer(a, RoundingMode.HALF_EVEN, 32, true)),
                words("cvt.rzi.s32.f32 %d, %fa;", (a, b, c) -> integer(a, RoundingMode.DOWN, 32, true)),
                words("cvt.rmi.s32.f32 %d, %fa;", (a, b, c) -> integer(a, RoundingMode.FLOOR, 32, true)),
                words("cvt.rpi.u32.f32 %d, %fa;", (a, b, c) -> integer(a, RoundingMode.CEILING, 32, false)),
                words("cvt.rni.sat.s8.f32 %d, %fa;", (a, b, c) -> integer(a, RoundingMode.HALF_EVEN, 8, true)),
                words("cvt.rni.sat.u8.f32 %d, %fa;", (a, b, c) -> integer(a, RoundingMode.HALF_EVEN, 8, false)),
                longs("cvt.rzi.s64.f32 %D, %fa;", (a, b, c) -> integer(a, RoundingMode.DOWN, 64, true)),
                longs("cvt.rni.u64.f32 %D, %fa;", (a, b, c) -> integer(a, RoundingMode.HALF_EVEN, 64, false)),
                floats("cvt.rni.f32.f32 %fd, %fa;", (a, b, c) -> (float) Math.rint(a)),
                floats("cvt.rzi.f32.f32 %fd, %fa;", (a, b, c) -> (float) (a < 0 ? Math.ceil(a) : Math.floor(a))),
                floats("cvt.sat.f32.f32 %fd, %fa;", (a, b, c) -> saturate(a)));
    }

    @TestFactory
    Stream<DynamicTest> fromIntegers() {
        long[] special = {
            0,
            1,
            -1,
            127,
            -128,
            16_777_216,
            16_777_217,
            16_777_219,
            33_554_434,
            33_554_435,
            0x7fff_ffffL,
            0x8000_0000L,
            0x7fff_ff40L,
            0x7fff_ffc0L,
            0xffff_ff7fL,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x8000_0080_0000_0001L
        };
        return Stream.of(
                fromIntegers("cvt.rn.f32.s32 %fd, %a;", special, a -> BigInteger.valueOf((int) a)),
                fromIntegers("cvt.rn.f32.u32 %fd, %a;", special, a -> BigInteger.valueOf(a & 0xffff_ffffL)),
                fromIntegers("cvt.rn.f32.s8 %fd, %a;", special, a -> BigInteger.valueOf((byte) a)),
                fromIntegers("cvt.rn.f32.u8 %fd, %a;", special, a -> BigInteger.valueOf(a & 255)),
                fromIntegers("cvt.rn.f32.s64 %fd, %A;", special, BigInteger::valueOf),
                fromIntegers("cvt.rn.f32.u64 %fd, %A;", special, a -> new BigInteger(Long.toUnsignedString(a))));
    }

    private static DynamicTest fromIntegers(
            String text, long[] special, java.util.function.LongFunction<BigInteger> value) {
        return InstructionsTest.test(
                LaneProgram.floats(text),
                text,
                special,
                (a, b, c) -> bits(value.apply(a).floatValue()));
    }
}
