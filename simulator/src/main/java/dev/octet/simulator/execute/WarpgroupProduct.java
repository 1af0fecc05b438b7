package dev.octet.simulator.execute;

import java.util.Arrays;
import java.util.Objects;

/**
 * A product D = A B, or D = A B + D, of a warpgroup, as far as one warp computes it: 16 of the 64 rows of A, each of 32
 * bytes, by all columns of B. Of every 8 rows by 8 columns of D lane l holds row l / 4, columns 2 (l % 4) and the next, in
 * two registers; registers 4 c to 4 c + 3 are columns 8 c to 8 c + 7 of rows 0 to 7 and of rows 8 to 15.
 */
public final class WarpgroupProduct {
    static final int ROWS = 16;
    private static final int K = 32;
    private static final int PIECE = 16;

    private final Form form;
    private final int[] registers;
    private final OperandDescriptor a;
    private final OperandDescriptor b;
    private final boolean adds;
    private final int line;
    private final long group;
    private final int firstRow;

    /**
     * What an instruction says of its product.
     *
     * @param columns columns of B and D
     * @param signedA whether bytes of A are signed
     * @param signedB whether bytes of B are signed
     * @param saturates whether sums stop at the ends of the range instead of wrapping around
     */
    public record Form(int columns, boolean signedA, boolean signedB, boolean saturates) {
        public Form {
            if (columns < 8 || columns > 256 || columns % 8 != 0) {
                throw new IllegalArgumentException(columns + " columns");
            }
        }

        /** Registers of each thread that hold D. */
        public int registers() {
            return columns / 2;
        }
    }

    WarpgroupProduct(
            Warp warp, Form form, int[] registers, OperandDescriptor a, OperandDescriptor b, boolean adds, long group) {
        this.form = Objects.requireNonNull(form);
        this.registers = registers;
        this.a = a;
        this.b = b;
        this.adds = adds;
        this.line = warp.current().line();
        this.group = group;
        this.firstRow = warp.index() % Warpgroup.WARPS * ROWS;
    }

    int line() {
        return line;
    }

    long group() {
        return group;
    }

    int[] registers() {
        return registers;
    }

    /** Whether another product may follow this one in the same registers, with nothing between. */
    boolean isFollowedBy(int[] itsRegisters) {
        return Arrays.equals(registers, itsRegisters);
    }

    /** From now on nobody may write where the operands stand. */
    void begin(Warp warp) {
        for (int piece = 0; piece < K / PIECE; piece++) {
            for (int row = 0; row < ROWS; row++) {
                warp.shared().beginUse(warp, a.address(firstRow + row, piece), PIECE);
            }
            for (int row = 0; row < form.columns; row++) {
                warp.shared().beginUse(warp, b.address(row, piece), PIECE);
            }
        }
    }

    /** Reads the operands and computes the result. */
    void end(Warp warp) {
        int[] left = read(warp, a, firstRow, ROWS, form.signedA);
        int[] right = read(warp, b, 0, form.columns, form.signedB);
        for (int i = 0; i < registers.length; i++) {
            multiply(warp.registers().words(), i, left, right);
            warp.registers().markWritten(registers[i]);
        }
    }

    private static int[] read(Warp warp, OperandDescriptor operand, int first, int rows, boolean signed) {
        int[] matrix = new int[rows * K];
        byte[] bytes = warp.buffer();
        for (int row = 0; row < rows; row++) {
            for (int piece = 0; piece < K / PIECE; piece++) {
                warp.shared().endUse(warp, operand.address(first + row, piece), PIECE, bytes);
                for (int i = 0; i < PIECE; i++) {
                    matrix[row * K + piece * PIECE + i] = signed ? bytes[i] : bytes[i] & 255;
                }
            }
        }
        return matrix;
    }

    private void multiply(int[] words, int register, int[] left, int[] right) {
        int target = registers[register] * Registers.LANES;
        for (int lane = 0; lane < Registers.LANES; lane++) {
            int row = (lane / 4 + register / 2 % 2 * 8) * K;
            int column = (register / 4 * 8 + lane % 4 * 2 + register % 2) * K;
            int sum = 0;
            for (int i = 0; i < K; i++) {
                sum += left[row + i] * right[column + i];
            }
            int addend = adds ? words[target + lane] : 0;
            words[target + lane] = form.saturates ? saturated((long) addend + sum) : addend + sum;
        }
    }

    private static int saturated(long sum) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, sum));
    }
}
