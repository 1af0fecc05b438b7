package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Functions of rows from functions of numbers. The call for each lane costs a few nanoseconds; the instructions that
 * kernels execute most have loops of their own instead.
 */
final class Rows {
    private static final int LANES = Registers.LANES;

    private Rows() {}

    /** A function of three words. */
    @FunctionalInterface
    interface IntTernaryOperator {
        int applyAsInt(int a, int b, int c);
    }

    /** A function of three numbers of 64 bits. */
    @FunctionalInterface
    interface LongTernaryOperator {
        long applyAsLong(long a, long b, long c);
    }

    /** A function of a number of 64 bits and a word. */
    @FunctionalInterface
    interface LongIntOperator {
        long applyAsLong(long a, int b);
    }

    /** A function from words to a number of 64 bits. */
    @FunctionalInterface
    interface WideOperator {
        long applyAsLong(int a, int b);
    }

    static RowFunction unary(IntUnaryOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                w[d + i] = f.applyAsInt(w[a + i]);
            }
        };
    }

    static RowFunction binary(IntBinaryOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                w[d + i] = f.applyAsInt(w[a + i], w[b + i]);
            }
        };
    }

    static RowFunction ternary(IntTernaryOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                w[d + i] = f.applyAsInt(w[a + i], w[b + i], w[c + i]);
            }
        };
    }

    static RowFunction longUnary(LongUnaryOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                x[d + i] = f.applyAsLong(x[a + i]);
            }
        };
    }

    static RowFunction longBinary(LongBinaryOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                x[d + i] = f.applyAsLong(x[a + i], x[b + i]);
            }
        };
    }

    static RowFunction longTernary(LongTernaryOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                x[d + i] = f.applyAsLong(x[a + i], x[b + i], x[c + i]);
            }
        };
    }

    static RowFunction longShift(LongIntOperator f) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                x[d + i] = f.applyAsLong(x[a + i], w[b + i]);
            }
        };
    }

    /** Words to 64 bits; the third operand, if any, has 64 bits and is added. */
    static RowFunction wide(WideOperator f, boolean adds) {
        return (w, x, d, a, b, c) -> {
            for (int i = 0; i < LANES; i++) {
                long value = f.applyAsLong(w[a + i], w[b + i]);
                x[d + i] = adds ? value + x[c + i] : value;
            }
        };
    }
}
