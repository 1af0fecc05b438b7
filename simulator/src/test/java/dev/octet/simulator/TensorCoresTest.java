package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products and loads of matrices, against loops over the elements where the PTX manual says that they lie. */
class TensorCoresTest {
    private static final long SEED = Long.getLong("octet.seed", 3);
    private static final int LANES = 32;

    /** Words of A, B and C of one lane, in this order. */
    private static String loads(int count) {
        StringBuilder text = new StringBuilder("mad.wide.u32 %x1, %t, " + 4 * count + ", %in;\n");
        for (int i = 0; i < count; i++) {
            text.append("ld.global.u32 %r")
                    .append(i)
                    .append(", [%x1+")
                    .append(4 * i)
                    .append("];\n");
        }
        return text.toString();
    }

    private static String registers(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "%r" + i).collect(Collectors.joining(", ", "{", "}"));
    }

    private static int element(int[] words, int at, int index, boolean signed) {
        byte value = (byte) (words[at + index / 4] >> 8 * (index % 4));
        return signed ? value : value & 255;
    }

    @Test
    void readsAllOperandsBeforeItWrites() {
        int[] words = new Random(SEED).ints(10L * LANES).toArray();
        String product = "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 ";
        String factors = ", " + registers(0, 4) + ", " + registers(4, 2) + ", ";
        String apart = loads(10) + product + registers(20, 4) + factors + registers(6, 4) + ";\n" + stores(4);
        StringBuilder inPlace = new StringBuilder(loads(10));
        for (int i = 0; i < 4; i++) {
            inPlace.append("mov.u32 %r")
                    .append(20 + (i + 3) % 4)
                    .append(", %r")
                    .append(6 + i)
                    .append(";\n");
        }
        inPlace.append(product + registers(20, 4) + factors + "{%r23, %r20, %r21, %r22};\n" + stores(4));
        try (TestKernel first = new TestKernel(apart).input(words);
                TestKernel second = new TestKernel(inPlace.toString()).input(words)) {
            assertThat(second.words(4 * LANES)).as("seed %d", SEED).isEqualTo(first.words(4 * LANES));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "m8n8k16, 8, 16, s8, s8, false",
        "m8n8k16, 8, 16, u8, u8, false",
        "m16n8k16, 16, 16, s8, u8, false",
        "m16n8k16, 16, 16, u8, s8, true",
        "m16n8k32, 16, 32, s8, s8, false",
        "m16n8k32, 16, 32, u8, s8, false",
        "m16n8k32, 16, 32, s8, u8, true",
        "m16n8k32, 16, 32, u8, u8, true"
    })
    void multipliesAndAdds(String shape, int m, int k, String typeA, String typeB, boolean saturates) {
        int wordsA = m * k / 4 / LANES;
        int wordsB = 8 * k / 4 / LANES;
        int wordsC = m * 8 / LANES;
        int count = wordsA + wordsB + wordsC;
        int[] words = new Random(SEED).ints((long) count * LANES).toArray();
        for (int lane = 0; lane < LANES; lane++) {
            words[lane * count + wordsA + wordsB] = lane % 2 == 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        }
        String program = loads(count)
                + "mma.sync.aligned." + shape + ".row.col" + (saturates ? ".satfinite" : "") + ".s32." + typeA + "."
                + typeB + ".s32 " + registers(20, wordsC) + ", " + registers(0, wordsA) + ", "
                + registers(wordsA, wordsB) + ", " + registers(wordsA + wordsB, wordsC) + ";\n"
                + stores(wordsC);
        int[] result;
        try (TestKernel kernel = new TestKernel(program).input(words)) {
            result = kernel.words(wordsC * LANES);
        }
        long[][] expected = product(words, m, k, typeA.equals("s8"), typeB.equals("s8"));
        for (int lane = 0; lane < LANES; lane++) {
            for (int i = 0; i < wordsC; i++) {
                long exact = expected[lane / 4 + i / 2 * 8][lane % 4 * 2 + i % 2]
                        + words[lane * count + wordsA + wordsB + i];
                long limited = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, exact));
                assertThat(result[lane * wordsC + i])
                        .as("%s, lane %d, register %d, -Doctet.seed=%d", shape, lane, i, SEED)
                        .isEqualTo((int) (saturates ? limited : exact));
            }
        }
    }

    private static String stores(int count) {
        StringBuilder text = new StringBuilder("mad.wide.u32 %x2, %t, " + 4 * count + ", %out;\n");
        for (int i = 0; i < count; i++) {
            text.append("st.global.u32 [%x2+")
                    .append(4 * i)
                    .append("], %r")
                    .append(20 + i)
                    .append(";\n");
        }
        return text.toString();
    }

    /** A times B, from elements a0 ... of each lane as the manual numbers them. */
    private static long[][] product(int[] words, int m, int k, boolean signedA, boolean signedB) {
        int elementsA = m * k / LANES;
        int elementsB = 8 * k / LANES;
        int count = elementsA / 4 + elementsB / 4 + m * 8 / LANES;
        int[][] a = new int[m][k];
        int[][] b = new int[k][8];
        for (int lane = 0; lane < LANES; lane++) {
            int group = lane / 4;
            int inGroup = lane % 4;
            for (int i = 0; i < elementsA; i++) {
                int row = m == 8 || i / 4 % 2 == 0 ? group : group + 8;
                int column = inGroup * 4 + (i & 3) + (i >= 8 ? 16 : 0);
                a[row][column] = element(words, lane * count, i, signedA);
            }
            for (int i = 0; i < elementsB; i++) {
                int row = inGroup * 4 + (i & 3) + (i >= 4 ? 16 : 0);
                b[row][group] = element(words, lane * count + elementsA / 4, i, signedB);
            }
        }
        long[][] product = new long[m][8];
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < 8; column++) {
                for (int i = 0; i < k; i++) {
                    product[row][column] += (long) a[row][i] * b[i][column];
                }
            }
        }
        return product;
    }

    /** Rows lie 48 bytes apart and in reverse, so that nothing comes out right by chance. */
    @ParameterizedTest
    @ValueSource(strings = {"x1", "x2", "x4", "x1.trans", "x2.trans", "x4.trans"})
    void loadsMatrices(String form) {
        int matrices = form.charAt(1) - '0';
        int rows = 8 * matrices;
        String address = "and.b32 %r10, %t, " + (rows - 1) + ";\nsub.u32 %r10, " + (rows - 1)
                + ", %r10;\nmul.lo.u32 %r10, %r10, 48;\n";
        StringBuilder fill = new StringBuilder("mul.lo.u32 %r9, %t, 48;\n");
        for (int i = 0; i < 4; i++) {
            fill.append("mad.lo.u32 %r8, %t, 65537, ").append(i * 0x2000_1000).append(";\n");
            fill.append("st.shared.u32 [%r9+").append(4 * i).append("], %r8;\n");
        }
        String program = "setp.lt.u32 %p1, %t, " + Math.min(rows, 21) + ";\n"
                + fill.toString().replace("st.shared", "@%p1 st.shared")
                + "bar.sync 0;\n" + address
                + "ldmatrix.sync.aligned.m8n8." + form + ".shared.b16 " + registers(20, matrices) + ", [%r10];\n"
                + stores(matrices);
        if (rows > 21) {
            program = program.replace("48", "32").replace(", 21;", ", 32;");
        }
        try (TestKernel kernel = new TestKernel(program)) {
            int[] result = kernel.words(matrices * LANES);
            for (int lane = 0; lane < LANES; lane++) {
                for (int matrix = 0; matrix < matrices; matrix++) {
                    int expected = form.endsWith("trans")
                            ? half(rows, matrix, lane % 4 * 2, lane / 4)
                                    | half(rows, matrix, lane % 4 * 2 + 1, lane / 4) << 16
                            : half(rows, matrix, lane / 4, lane % 4 * 2)
                                    | half(rows, matrix, lane / 4, lane % 4 * 2 + 1) << 16;
                    assertThat(result[lane * matrices + matrix])
                            .as("lane %d, matrix %d", lane, matrix)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The half in a row and column of a matrix, as the kernel filled them in. */
    private static int half(int rows, int matrix, int row, int column) {
        int thread = rows - 1 - (matrix * 8 + row);
        int word = thread * 65537 + column / 2 * 0x2000_1000;
        return word >>> 16 * (column % 2) & 0xffff;
    }
}
