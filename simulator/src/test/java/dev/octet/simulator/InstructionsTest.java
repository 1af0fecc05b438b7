package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every integer instruction against a formula, at the boundaries of types and on random operands. */
class InstructionsTest {
    private static final long SEED = Long.getLong("octet.seed", 7);
    private static final long[] SPECIAL = {
        0,
        1,
        2,
        3,
        7,
        8,
        15,
        16,
        31,
        32,
        33,
        63,
        64,
        65,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL,
        0x1234_5678L,
        0x8080_7f7fL,
        0x1_0000_0000L,
        -1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    /** A result from the operands' 64 bits. */
    @FunctionalInterface
    interface Formula {
        long apply(long a, long b, long c);
    }

    /** A result from the operands' low words. */
    @FunctionalInterface
    interface WordFormula {
        int apply(int a, int b, int c);
    }

    static DynamicTest test(LaneProgram program, String text, long[] special, Formula formula) {
        return dynamicTest(text.replace('\n', ' '), () -> {
            long[][] operands = LaneProgram.operands(special, SEED);
            long[] results = program.run(operands[0], operands[1], operands[2]);
            for (int i = 0; i < results.length; i++) {
                long expected = formula.apply(operands[0][i], operands[1][i], operands[2][i]);
                assertThat(results[i])
                        .as("%s of 0x%x, 0x%x, 0x%x", text, operands[0][i], operands[1][i], operands[2][i])
                        .isEqualTo(expected);
            }
        });
    }

    private static DynamicTest words(String text, WordFormula formula) {
        return test(
                LaneProgram.words(text),
                text,
                SPECIAL,
                (a, b, c) -> formula.apply((int) a, (int) b, (int) c) & 0xffff_ffffL);
    }

    private static DynamicTest longs(String text, Formula formula) {
        return test(LaneProgram.longs(text), text, SPECIAL, formula);
    }

    private static DynamicTest halves(String text, WordFormula formula) {
        return test(
                LaneProgram.halves(text),
                text,
                SPECIAL,
                (a, b, c) -> formula.apply((short) a, (short) b, (short) c) & 0xffff);
    }

    private static long u(int value) {
        return value & 0xffff_ffffL;
    }

    private static int u16(int value) {
        return value & 0xffff;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger unsigned(long value) {
        return value < 0 ? big(value).add(TWO_64) : big(value);
    }

    @TestFactory
    Stream<DynamicTest> sums() {
        return Stream.of(
                words("add.s32 %d, %a, %b;", (a, b, c) -> a + b),
                words("add.u32 %d, %a, -5;", (a, b, c) -> a - 5),
                words("add.sat.s32 %d, %a, %b;", (a, b, c) -> clamp((long) a + b)),
                words("sub.s32 %d, %a, %b;", (a, b, c) -> a - b),
                words("sub.sat.s32 %d, %a, %b;", (a, b, c) -> clamp((long) a - b)),
                longs("add.s64 %D, %A, %B;", (a, b, c) -> a + b),
                longs("sub.u64 %D, %A, %B;", (a, b, c) -> a - b),
                halves("add.s16 %hd, %ha, %hb;", (a, b, c) -> a + b),
                halves("sub.u16 %hd, %ha, %hb;", (a, b, c) -> a - b),
                words("neg.s32 %d, %a;", (a, b, c) -> -a),
                longs("neg.s64 %D, %A;", (a, b, c) -> -a),
                halves("neg.s16 %hd, %ha;", (a, b, c) -> -a),
                words("abs.s32 %d, %a;", (a, b, c) -> a < 0 ? -a : a),
                longs("abs.s64 %D, %A;", (a, b, c) -> a < 0 ? -a : a),
                halves("abs.s16 %hd, %ha;", (a, b, c) -> a < 0 ? -a : a),
                words("sad.s32 %d, %a, %b, %c;", (a, b, c) -> (int) (c + Math.abs((long) a - b))),
                words("sad.u32 %d, %a, %b, %c;", (a, b, c) -> (int) (c + Math.abs(u(a) - u(b)))));
    }

    private static int clamp(long value) {
        return value > Integer.MAX_VALUE
                ? Integer.MAX_VALUE
                : value < Integer.MIN_VALUE ? Integer.MIN_VALUE : (int) value;
    }

    @TestFactory
    Stream<DynamicTest> products() {
        return Stream.of(
                words("mul.lo.s32 %d, %a, %b;", (a, b, c) -> a * b),
                words("mul.hi.s32 %d, %a, %b;", (a, b, c) -> (int) ((long) a * b >> 32)),
                words("mul.hi.u32 %d, %a, %b;", (a, b, c) -> (int) (u(a) * u(b) >>> 32)),
                words("mul.wide.s16 %d, %ha, %hb;", (a, b, c) -> (short) a * (short) b),
                words("mul.wide.u16 %d, %ha, %hb;", (a, b, c) -> u16(a) * u16(b)),
                words("mad.wide.u16 %d, %ha, %hb, %c;", (a, b, c) -> u16(a) * u16(b) + c),
                words("mad.lo.s32 %d, %a, %b, %c;", (a, b, c) -> a * b + c),
                words("mad.hi.s32 %d, %a, %b, %c;", (a, b, c) -> (int) ((long) a * b >> 32) + c),
                words("mad.hi.u32 %d, %a, %b, %c;", (a, b, c) -> (int) (u(a) * u(b) >>> 32) + c),
                halves("mul.lo.s16 %hd, %ha, %hb;", (a, b, c) -> a * b),
                halves("mul.hi.s16 %hd, %ha, %hb;", (a, b, c) -> a * b >> 16),
                halves("mul.hi.u16 %hd, %ha, %hb;", (a, b, c) -> u16(a) * u16(b) >>> 16),
                halves("mad.lo.u16 %hd, %ha, %hb, %hc;", (a, b, c) -> a * b + c),
                longs("mul.lo.s64 %D, %A, %B;", (a, b, c) -> a * b),
                longs(
                        "mul.hi.s64 %D, %A, %B;",
                        (a, b, c) -> big(a).multiply(big(b)).shiftRight(64).longValue()),
                longs(
                        "mul.hi.u64 %D, %A, %B;",
                        (a, b, c) ->
                                unsigned(a).multiply(unsigned(b)).shiftRight(64).longValue()),
                longs("mul.wide.s32 %D, %a, %b;", (a, b, c) -> (long) (int) a * (int) b),
                longs("mul.wide.u32 %D, %a, %b;", (a, b, c) -> u((int) a) * u((int) b)),
                longs("mad.wide.s32 %D, %a, %b, %C;", (a, b, c) -> (long) (int) a * (int) b + c),
                longs("mad.wide.u32 %D, %a, %b, %C;", (a, b, c) -> u((int) a) * u((int) b) + c),
                longs("mad.lo.s64 %D, %A, %B, %C;", (a, b, c) -> a * b + c));
    }

    @TestFactory
    Stream<DynamicTest> extremesAndQuotients() {
        String even = "or.b32 %b, %b, 1;\n";
        String wide = "or.b64 %B, %B, 1;\n";
        return Stream.of(
                words("min.s32 %d, %a, %b;", (a, b, c) -> a < b ? a : b),
                words("max.s32 %d, %a, %b;", (a, b, c) -> a > b ? a : b),
                words("min.u32 %d, %a, %b;", (a, b, c) -> u(a) < u(b) ? a : b),
                words("max.u32 %d, %a, %b;", (a, b, c) -> u(a) > u(b) ? a : b),
                halves("min.s16 %hd, %ha, %hb;", (a, b, c) -> Math.min(a, b)),
                halves("max.u16 %hd, %ha, %hb;", (a, b, c) -> Math.max(u16(a), u16(b))),
                longs("min.s64 %D, %A, %B;", (a, b, c) -> a < b ? a : b),
                longs(
                        "max.u64 %D, %A, %B;",
                        (a, b, c) -> unsigned(a).max(unsigned(b)).longValue()),
                words(even + "div.s32 %d, %a, %b;", (a, b, c) -> (int) ((long) a / (b | 1))),
                words(even + "div.u32 %d, %a, %b;", (a, b, c) -> (int) (u(a) / u(b | 1))),
                words(even + "rem.s32 %d, %a, %b;", (a, b, c) -> (int) ((long) a % (b | 1))),
                words(even + "rem.u32 %d, %a, %b;", (a, b, c) -> (int) (u(a) % u(b | 1))),
                longs(
                        wide + "div.u64 %D, %A, %B;",
                        (a, b, c) -> unsigned(a).divide(unsigned(b | 1)).longValue()),
                longs(
                        wide + "rem.s64 %D, %A, %B;",
                        (a, b, c) -> big(a).remainder(big(b | 1)).longValue()));
    }

    @TestFactory
    Stream<DynamicTest> logicAndShifts() {
        return Stream.of(
                words("and.b32 %d, %a, %b;", (a, b, c) -> a & b),
                words("or.b32 %d, %a, %b;", (a, b, c) -> a | b),
                words("xor.b32 %d, %a, 0xff00ff00;", (a, b, c) -> a ^ 0xff00ff00),
                words("not.b32 %d, %a;", (a, b, c) -> ~a),
                words("cnot.b32 %d, %a;", (a, b, c) -> a == 0 ? 1 : 0),
                halves("not.b16 %hd, %ha;", (a, b, c) -> ~a),
                halves("and.b16 %hd, %ha, %hb;", (a, b, c) -> a & b),
                longs("xor.b64 %D, %A, %B;", (a, b, c) -> a ^ b),
                longs("not.b64 %D, %A;", (a, b, c) -> ~a),
                words(
                        "shl.b32 %d, %a, %b;",
                        (a, b, c) -> big(u(a)).shiftLeft(most(b)).intValue()),
                words(
                        "shr.u32 %d, %a, %b;",
                        (a, b, c) -> big(u(a)).shiftRight(most(b)).intValue()),
                words(
                        "shr.s32 %d, %a, %b;",
                        (a, b, c) -> big(a).shiftRight(most(b)).intValue()),
                test(
                        LaneProgram.halves("shl.b16 %hd, %ha, %b;"),
                        "shl.b16",
                        SPECIAL,
                        (a, b, c) -> big(a).shiftLeft(most((int) b)).longValue() & 0xffff),
                test(
                        LaneProgram.halves("shr.s16 %hd, %ha, %b;"),
                        "shr.s16",
                        SPECIAL,
                        (a, b, c) -> big((short) a).shiftRight(most((int) b)).longValue() & 0xffff),
                longs(
                        "shl.b64 %D, %A, %b;",
                        (a, b, c) -> big(a).shiftLeft(most((int) b)).longValue()),
                longs(
                        "shr.u64 %D, %A, %b;",
                        (a, b, c) -> unsigned(a).shiftRight(most((int) b)).longValue()),
                longs(
                        "shr.s64 %D, %A, %b;",
                        (a, b, c) -> big(a).shiftRight(most((int) b)).longValue()),
                words("shf.l.wrap.b32 %d, %a, %b, %c;", (a, b, c) -> (int) (both(a, b) << (c & 31) >>> 32)),
                words("shf.r.wrap.b32 %d, %a, %b, %c;", (a, b, c) -> (int) (both(a, b) >>> (c & 31))),
                words("shf.l.clamp.b32 %d, %a, %b, %c;", (a, b, c) -> (int) (both(a, b) << Math.min(32, u(c)) >>> 32)),
                words("shf.r.clamp.b32 %d, %a, %b, %c;", (a, b, c) -> (int) (both(a, b) >>> Math.min(32, u(c)))),
                words("lop3.b32 %d, %a, %b, %c, 0x96;", (a, b, c) -> a ^ b ^ c),
                words("lop3.b32 %d, %a, %b, %c, 0xe8;", (a, b, c) -> a & b | a & c | b & c),
                words("lop3.b32 %d, %a, %b, %c, 0xca;", (a, b, c) -> a & b | ~a & c));
    }

    private static long both(int low, int high) {
        return (long) high << 32 | u(low);
    }

    private static int most(int amount) {
        return (int) Math.min(200, u(amount));
    }

    @TestFactory
    Stream<DynamicTest> bits() {
        return Stream.of(
                words("popc.b32 %d, %a;", (a, b, c) -> Integer.bitCount(a)),
                test(LaneProgram.words("popc.b64 %d, %A;"), "popc.b64", SPECIAL, (a, b, c) -> Long.bitCount(a)),
                words("clz.b32 %d, %a;", (a, b, c) -> Integer.numberOfLeadingZeros(a)),
                test(
                        LaneProgram.words("clz.b64 %d, %A;"),
                        "clz.b64",
                        SPECIAL,
                        (a, b, c) -> Long.numberOfLeadingZeros(a)),
                words("brev.b32 %d, %a;", (a, b, c) -> Integer.reverse(a)),
                longs("brev.b64 %D, %A;", (a, b, c) -> Long.reverse(a)),
                words("bfind.u32 %d, %a;", (a, b, c) -> 31 - Integer.numberOfLeadingZeros(a)),
                words("bfind.s32 %d, %a;", (a, b, c) -> 31 - Integer.numberOfLeadingZeros(a < 0 ? ~a : a)),
                words("bfind.shiftamt.u32 %d, %a;", (a, b, c) -> a == 0 ? -1 : Integer.numberOfLeadingZeros(a)),
                words(
                        "bfe.u32 %d, %a, %b, %c;",
                        (a, b, c) -> field(big(u(a)), b & 255, c & 255).intValue()),
                words("bfe.s32 %d, %a, 4, 9;", (a, b, c) -> a << 19 >> 23),
                longs(
                        "bfe.u64 %D, %A, %b, %c;",
                        (a, b, c) ->
                                field(unsigned(a), atMost64(b), atMost64(c)).longValue()),
                words("bfi.b32 %d, %a, %b, 5, 11;", (a, b, c) -> b & ~(0x7ff << 5) | (a & 0x7ff) << 5),
                words("bfi.b32 %d, %a, %b, 24, 16;", (a, b, c) -> b & 0xff_ffff | a << 24),
                words("bfi.b32 %d, %a, %b, %c, 0;", (a, b, c) -> b),
                words("prmt.b32 %d, %a, %b, 0x5410;", (a, b, c) -> a & 0xffff | b << 16),
                words("prmt.b32 %d, %a, %b, 0xba98;", (a, b, c) -> signs(a)),
                words("prmt.b32 %d, %a, %b, %c;", InstructionsTest::permuted),
                words("prmt.b32.f4e %d, %a, %b, %c;", (a, b, c) -> (int) (both(a, b) >>> 8 * (c & 3))),
                words("prmt.b32.b4e %d, %a, %b, %c;", (a, b, c) -> bytes(a, b, i -> (c & 3) - i)),
                words("prmt.b32.ecl %d, %a, %b, %c;", (a, b, c) -> bytes(a, b, i -> Math.max(i, c & 3))),
                words("prmt.b32.ecr %d, %a, %b, %c;", (a, b, c) -> bytes(a, b, i -> Math.min(i, c & 3))),
                words("bfe.s32 %d, %a, %b, %c;", (a, b, c) -> signedField(a, b & 255, c & 255)),
                words("prmt.b32.rc8 %d, %a, %b, %c;", (a, b, c) -> (a >>> 8 * (c & 3) & 255) * 0x01010101),
                words("prmt.b32.rc16 %d, %a, %b, %c;", (a, b, c) -> (a >>> 16 * (c & 1) & 0xffff) * 0x00010001));
    }

    private static BigInteger field(BigInteger value, int position, int length) {
        BigInteger mask = BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE);
        return value.shiftRight(position).and(mask);
    }

    private static int atMost64(long word) {
        return (int) Math.min(u((int) word), 64);
    }

    private static int signs(int word) {
        int result = 0;
        for (int i = 0; i < 4; i++) {
            result |= (byte) (word >> 8 * i) < 0 ? 255 << 8 * i : 0;
        }
        return result;
    }

    /** The bytes of two words at given places, counted round. */
    private static int bytes(int a, int b, IntUnaryOperator place) {
        int result = 0;
        for (int i = 0; i < 4; i++) {
            result |= (int) (both(a, b) >>> 8 * (place.applyAsInt(i) & 7) & 255) << 8 * i;
        }
        return result;
    }

    /** A field whose sign is its highest bit, or that of the word if it reaches beyond. */
    private static int signedField(int word, int position, int length) {
        if (length == 0) {
            return 0;
        } else if (position + length > 31) {
            return word >> Math.min(31, position);
        }
        return word << 32 - position - length >> 32 - length;
    }

    private static int permuted(int a, int b, int c) {
        int result = 0;
        for (int i = 3; i >= 0; i--) {
            int nibble = c >>> 4 * i & 15;
            byte picked = (byte) (both(a, b) >>> 8 * (nibble & 7));
            result = result << 8 | (nibble >= 8 ? picked >> 7 : picked) & 255;
        }
        return result;
    }

    @TestFactory
    Stream<DynamicTest> dotProducts() {
        return Stream.of(
                words("dp4a.s32.s32 %d, %a, %b, %c;", (a, b, c) -> dot(a, true, b, true, c)),
                words("dp4a.u32.s32 %d, %a, %b, %c;", (a, b, c) -> dot(a, false, b, true, c)),
                words("dp4a.s32.u32 %d, %a, %b, %c;", (a, b, c) -> dot(a, true, b, false, c)),
                words("dp4a.u32.u32 %d, %a, %b, %c;", (a, b, c) -> dot(a, false, b, false, c)));
    }

    @TestFactory
    Stream<DynamicTest> dotProductsOfHalvesAndBytes() {
        return Stream.of(
                words("dp2a.lo.s32.s32 %d, %a, %b, %c;", (a, b, c) -> dotOfHalves(a, true, b, true, c)),
                words("dp2a.hi.s32.s32 %d, %a, %b, %c;", (a, b, c) -> dotOfHalves(a, true, b >>> 16, true, c)),
                words("dp2a.lo.u32.s32 %d, %a, %b, %c;", (a, b, c) -> dotOfHalves(a, false, b, true, c)),
                words("dp2a.hi.s32.u32 %d, %a, %b, %c;", (a, b, c) -> dotOfHalves(a, true, b >>> 16, false, c)),
                words("dp2a.lo.u32.u32 %d, %a, %b, %c;", (a, b, c) -> dotOfHalves(a, false, b, false, c)));
    }

    private static int dotOfHalves(int a, boolean signedA, int b, boolean signedB, int c) {
        long sum = c;
        for (int i = 0; i < 2; i++) {
            int x = a >>> 16 * i & 65535;
            int y = b >>> 8 * i & 255;
            sum += (long) (signedA && x > 32767 ? x - 65536 : x) * (signedB && y > 127 ? y - 256 : y);
        }
        return (int) sum;
    }

    private static int dot(int a, boolean signedA, int b, boolean signedB, int c) {
        long sum = c;
        for (int i = 0; i < 4; i++) {
            int x = a >>> 8 * i & 255;
            int y = b >>> 8 * i & 255;
            sum += (long) (signedA && x > 127 ? x - 256 : x) * (signedB && y > 127 ? y - 256 : y);
        }
        return (int) sum;
    }

    private static DynamicTest truths(String text, Formula formula) {
        return test(LaneProgram.truths(text), text, SPECIAL, formula);
    }

    private static long bit(boolean value) {
        return value ? 1 : 0;
    }

    @TestFactory
    Stream<DynamicTest> comparisons() {
        return Stream.of(
                truths("setp.eq.s32 %p, %a, %b;", (a, b, c) -> bit((int) a == (int) b)),
                truths("setp.ne.b32 %p, %a, %b;", (a, b, c) -> bit((int) a != (int) b)),
                truths("setp.lt.s32 %p, %a, %b;", (a, b, c) -> bit((int) a < (int) b)),
                truths("setp.lt.u32 %p, %a, %b;", (a, b, c) -> bit(u((int) a) < u((int) b))),
                truths("setp.lo.u32 %p, %a, %b;", (a, b, c) -> bit(u((int) a) < u((int) b))),
                truths("setp.hs.u32 %p, %a, %b;", (a, b, c) -> bit(u((int) a) >= u((int) b))),
                truths("setp.le.s64 %p, %A, %B;", (a, b, c) -> bit(a <= b)),
                truths("setp.gt.u64 %p, %A, %B;", (a, b, c) -> bit(unsigned(a).compareTo(unsigned(b)) > 0)),
                truths("setp.ge.s16 %p, %ha, %hb;", (a, b, c) -> bit((short) a >= (short) b)),
                truths("setp.gt.u16 %p, %ha, %hb;", (a, b, c) -> bit((char) a > (char) b)),
                truths(
                        "setp.lt.s32 %q, %a, %b;\nsetp.eq.and.s32 %p, %b, %c, %q;",
                        (a, b, c) -> bit((int) b == (int) c && (int) a < (int) b)),
                truths(
                        "setp.lt.s32 %q, %a, %b;\nsetp.eq.xor.s32 %p, %b, %c, !%q;",
                        (a, b, c) -> bit((int) b == (int) c ^ (int) a >= (int) b)),
                truths("setp.lt.s32 %q|%p, %a, %b;", (a, b, c) -> bit((int) a >= (int) b)),
                truths(
                        "setp.lt.s32 %q, %a, %b;\nsetp.lt.s32 %r, %b, %c;\nxor.pred %q, %q, %r;\nnot.pred %p, %q;",
                        (a, b, c) -> bit((int) a < (int) b == (int) b < (int) c)),
                truths("setp.lt.s32 %q, %a, %b;\nmov.pred %p, %q;", (a, b, c) -> bit((int) a < (int) b)),
                truths("mov.pred %p, 1;", (a, b, c) -> 1),
                words("set.lt.s32.s32 %d, %a, %b;", (a, b, c) -> a < b ? -1 : 0),
                words("setp.lt.s32 %p, %a, %b;\nselp.b32 %d, %a, %c, %p;", (a, b, c) -> a < b ? a : c),
                longs("setp.lt.s64 %p, %A, %B;\nselp.s64 %D, %A, 77, %p;", (a, b, c) -> a < b ? a : 77),
                halves("setp.lt.s16 %p, %ha, %hb;\nselp.u16 %hd, %ha, %hc, %p;", (a, b, c) -> a < b ? a : c));
    }

    @TestFactory
    Stream<DynamicTest> conversions() {
        return Stream.of(
                words("cvt.s32.s8 %d, %a;", (a, b, c) -> (byte) a),
                words("cvt.u32.u8 %d, %a;", (a, b, c) -> a & 255),
                words("cvt.s32.s16 %d, %ha;", (a, b, c) -> (short) a),
                words("cvt.u32.u16 %d, %ha;", (a, b, c) -> u16(a)),
                words("cvt.sat.s8.s32 %d, %a;", (a, b, c) -> Math.max(-128, Math.min(127, a))),
                words("cvt.sat.u8.s32 %d, %a;", (a, b, c) -> Math.max(0, Math.min(255, a))),
                words("cvt.sat.u8.u32 %d, %a;", (a, b, c) -> (int) Math.min(255, u(a))),
                test(
                        LaneProgram.words("cvt.sat.s32.s64 %d, %A;"),
                        "cvt.sat.s32.s64",
                        SPECIAL,
                        (a, b, c) -> u(clamp(a))),
                halves("cvt.s16.s8 %hd, %a;", (a, b, c) -> (byte) a),
                halves("cvt.u16.u32 %hd, %a;", (a, b, c) -> a),
                longs("cvt.s64.s32 %D, %a;", (a, b, c) -> (int) a),
                longs("cvt.u64.u32 %D, %a;", (a, b, c) -> u((int) a)),
                longs("cvt.s64.s8 %D, %a;", (a, b, c) -> (byte) a),
                longs("cvt.u64.u16 %D, %ha;", (a, b, c) -> (char) a),
                words(
                        "cvt.pack.sat.s8.s32.b32 %d, %a, %b, %c;",
                        (a, b, c) -> c << 16
                                | (Math.max(-128, Math.min(127, a)) & 255) << 8
                                | Math.max(-128, Math.min(127, b)) & 255),
                words(
                        "cvt.pack.sat.u8.s32.b32 %d, %a, %b, %c;",
                        (a, b, c) -> c << 16 | Math.max(0, Math.min(255, a)) << 8 | Math.max(0, Math.min(255, b))),
                words(
                        "cvt.pack.sat.s16.s32 %d, %a, %b;",
                        (a, b, c) -> Math.max(-32768, Math.min(32767, a)) << 16
                                | Math.max(-32768, Math.min(32767, b)) & 0xffff));
    }

    @TestFactory
    Stream<DynamicTest> moves() {
        return Stream.of(
                words("mov.u32 %d, %a;", (a, b, c) -> a),
                words("mov.u32 %d, 0xffffffff;", (a, b, c) -> -1),
                longs("mov.u64 %D, %A;", (a, b, c) -> a),
                longs("mov.b64 %D, {%a, %b};", (a, b, c) -> both((int) a, (int) b)),
                test(LaneProgram.words("mov.b64 {%e, %d}, %A;"), "mov.b64 {}", SPECIAL, (a, b, c) -> a >>> 32),
                words("mov.b32 %d, {%ha, %hb};", (a, b, c) -> a & 0xffff | b << 16),
                test(LaneProgram.halves("mov.b32 {%ha, %hd}, %a;"), "mov.b32 {}", SPECIAL, (a, b, c) -> (int) a >>> 16),
                words("{ .reg .b32 %d2; mov.b32 %d2, %a; add.s32 %d, %d2, 1; }", (a, b, c) -> a + 1),
                words("{ .reg .b32 %a; mov.b32 %a, 3; mov.b32 %d, %a; }", (a, b, c) -> 3));
    }

    @TestFactory
    Stream<DynamicTest> specialRegisters() {
        long[] count = new long[100];
        Arrays.setAll(count, i -> i);
        return Stream.of(
                        new Special("%tid.x", i -> i),
                        new Special("%tid.y", i -> 0),
                        new Special("%ntid.x", i -> 100),
                        new Special("%ctaid.x", i -> 0),
                        new Special("%nctaid.x", i -> 1),
                        new Special("%laneid", i -> i % 32),
                        new Special("%lanemask_eq", i -> 1L << i % 32),
                        new Special("%lanemask_lt", i -> (1L << i % 32) - 1),
                        new Special("%lanemask_le", i -> (2L << i % 32) - 1),
                        new Special("%lanemask_gt", i -> 0xffff_ffffL & -2L << i % 32),
                        new Special("%lanemask_ge", i -> 0xffff_ffffL & -1L << i % 32))
                .map(special -> dynamicTest(special.name(), () -> {
                    LaneProgram program = LaneProgram.words("mov.u32 %d, " + special.name() + ";");
                    assertThat(program.run(count, count, count))
                            .isEqualTo(Arrays.stream(count)
                                    .map(special.value()::applyAsLong)
                                    .toArray());
                }));
    }

    private record Special(String name, java.util.function.LongUnaryOperator value) {}
}
