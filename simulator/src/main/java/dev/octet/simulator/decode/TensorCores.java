package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;

/** Products of matrices of bytes, each by a whole warp. */
final class TensorCores {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("mma", TensorCores::mma, "ldmatrix", MatrixLoads::ldmatrix);

    private static final int N = 8;
    private static final Map<String, int[]> SHAPES =
            Map.of("m8n8k16", new int[] {8, 16}, "m16n8k16", new int[] {16, 16}, "m16n8k32", new int[] {16, 32});

    private TensorCores() {}

    private static Body mma(Source in) {
        Modifiers modifiers = in.modifiers();
        modifiers.require("sync");
        modifiers.require("aligned");
        int[] shape = modifiers.one(SHAPES);
        in.requires(shape[0] == 8 ? 75 : 80);
        modifiers.require("row");
        modifiers.require("col");
        boolean saturates = modifiers.take("satfinite");
        modifiers.type(List.of(DataType.S32));
        DataType b = modifiers.type(List.of(DataType.S8, DataType.U8));
        DataType a = modifiers.type(List.of(DataType.S8, DataType.U8));
        modifiers.type(List.of(DataType.S32));
        modifiers.end();
        in.operands().expect(4);
        int m = shape[0];
        int k = shape[1];
        return new Product(
                m,
                k,
                a.isSigned(),
                b.isSigned(),
                saturates,
                rows(in, in.operands().targets(0, DataType.S32, false), m / 4),
                rows(in, in.operands().sources(1, DataType.B32, false), m / 8 * k / 16),
                rows(in, in.operands().sources(2, DataType.B32, false), k / 16),
                rows(in, in.operands().sources(3, DataType.S32, false), m / 4));
    }

    static int[] rows(Source in, List<Row> rows, int count) {
        if (rows.size() != count) {
            throw in.operands().error(rows.size() + " registers instead of " + count);
        }
        return rows.stream().mapToInt(Row::start).toArray();
    }

    /**
     * D = A B + C for A of m by k and B of k by 8 bytes. In every 8 by 16 bytes of A and 16 by 8 of B, lane l holds row
     * or column l / 4, of it the four bytes from 4 (l % 4) on; of every 8 by 8 words of C and D it holds row l / 4,
     * columns 2 (l % 4) and the next.
     */
    private record Product(
            int m, int k, boolean signedA, boolean signedB, boolean saturates, int[] d, int[] a, int[] b, int[] c)
            implements Body {
        @Override
        public void run(Warp warp, int lanes) {
            warp.requireLanes(lanes, Warp.ALL);
            int[] words = warp.registers().words();
            int[] left = new int[m * k];
            int[] right = new int[N * k];
            for (int i = 0; i < a.length; i++) {
                unpack(words, a[i], left, (i % (m / 8) * 8) * k + i / (m / 8) * 16, signedA);
            }
            for (int i = 0; i < b.length; i++) {
                unpack(words, b[i], right, i * 16, signedB);
            }
            int[] addends = new int[c.length * Registers.LANES];
            for (int i = 0; i < c.length; i++) {
                System.arraycopy(words, c[i], addends, i * Registers.LANES, Registers.LANES);
            }
            for (int i = 0; i < d.length; i++) {
                multiply(words, i, left, right, addends);
            }
        }

        /** Spreads a register's bytes into rows of k. */
        private void unpack(int[] words, int row, int[] matrix, int at, boolean signed) {
            for (int lane = 0; lane < Registers.LANES; lane++) {
                int word = words[row + lane];
                int to = at + lane / 4 * k + lane % 4 * 4;
                for (int i = 0; i < 4; i++) {
                    matrix[to + i] = signed ? (byte) (word >> 8 * i) : word >> 8 * i & 255;
                }
            }
        }

        private void multiply(int[] words, int register, int[] left, int[] right, int[] addends) {
            int top = register / 2 * 8;
            for (int lane = 0; lane < Registers.LANES; lane++) {
                int x = (top + lane / 4) * k;
                int y = (lane % 4 * 2 + register % 2) * k;
                int sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += left[x + i] * right[y + i];
                }
                int addend = addends[register * Registers.LANES + lane];
                words[d[register] + lane] = saturates ? IntegerArithmetic.saturate((long) addend + sum) : addend + sum;
            }
        }
    }
}
