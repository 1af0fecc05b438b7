package dev.octet.runtime.cpu;

/**
 * Multiplies and accumulates rows of floats: {@code sum[i] = fma(factor[k], row[k][i], sum[i])} for k in ascending
 * order. Every row is an array of its own, is read from index 0 and only one is written per loop: that is the form that
 * HotSpot turns into vector instructions on every JDK from 17 on.
 */
final class Axpy {
    private Axpy() {}

    /**
     * For each m: {@code sums[m] += factors[m][first + k] * rows[k]}, k = 0 .. count - 1 in order, over {@code length}
     * elements. Rows are the outer loop, so that a group stays in the first-level cache for all m.
     */
    static void accumulate(
            float[][] sums, float[][] factors, int outputs, float[][] rows, int first, int count, int length) {
        int k = 0;
        for (; k + 8 <= count; k += 8) {
            for (int m = 0; m < outputs; m++) {
                eight(sums[m], rows, k, factors[m], first + k, length);
            }
        }
        for (; k < count; k++) {
            for (int m = 0; m < outputs; m++) {
                one(sums[m], rows[k], factors[m][first + k], length);
            }
        }
    }

    /** One output: {@code sum += factors[first + k] * rows[k]}. */
    static void accumulate(float[] sum, float[] factors, float[][] rows, int first, int count, int length) {
        int k = 0;
        for (; k + 8 <= count; k += 8) {
            eight(sum, rows, first + k, factors, first + k, length);
        }
        for (; k < count; k++) {
            one(sum, rows[first + k], factors[first + k], length);
        }
    }

    private static void eight(float[] sum, float[][] rows, int k, float[] factors, int f, int length) {
        eight(
                sum,
                rows[k],
                rows[k + 1],
                rows[k + 2],
                rows[k + 3],
                rows[k + 4],
                rows[k + 5],
                rows[k + 6],
                rows[k + 7],
                factors[f],
                factors[f + 1],
                factors[f + 2],
                factors[f + 3],
                factors[f + 4],
                factors[f + 5],
                factors[f + 6],
                factors[f + 7],
                length);
    }

    private static void eight(
            float[] sum,
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            float[] x4,
            float[] x5,
            float[] x6,
            float[] x7,
            float f0,
            float f1,
            float f2,
            float f3,
            float f4,
            float f5,
            float f6,
            float f7,
            int length) {
        for (int i = 0; i < length; i++) {
            float low = Math.fma(f3, x3[i], Math.fma(f2, x2[i], Math.fma(f1, x1[i], Math.fma(f0, x0[i], sum[i]))));
            sum[i] = Math.fma(f7, x7[i], Math.fma(f6, x6[i], Math.fma(f5, x5[i], Math.fma(f4, x4[i], low))));
        }
    }

    private static void one(float[] sum, float[] x, float f, int length) {
        for (int i = 0; i < length; i++) {
            sum[i] = Math.fma(f, x[i], sum[i]);
        }
    }
}
