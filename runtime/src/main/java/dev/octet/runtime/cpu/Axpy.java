package dev.octet.runtime.cpu;

/**
 * Multiplies and accumulates rows of floats: {@code sum[i] = fma(factor[k], row[k][i], sum[i])} for k in ascending
 * order. Every row is an array of its own and is read from index 0, a loop writes one of them, and its body is small
 * enough to be unrolled to the width of a vector: that is the form that HotSpot turns into vector instructions on every
 * JDK from 17 on. Eight terms in one loop, or two sums, are not.
 */
final class Axpy {
    private static final int TERMS = 4;

    private Axpy() {}

    /**
     * For each m: {@code sums[m] += factors[m][first + k] * rows[k]}, k = 0 .. count - 1 in order, over {@code length}
     * elements. Rows are the outer loop, so that a group stays in the first-level cache for all m.
     */
    static void accumulate(
            float[][] sums, float[][] factors, int outputs, float[][] rows, int first, int count, int length) {
        int k = 0;
        for (; k + TERMS <= count; k += TERMS) {
            float[] x0 = rows[k];
            float[] x1 = rows[k + 1];
            float[] x2 = rows[k + 2];
            float[] x3 = rows[k + 3];
            for (int m = 0; m < outputs; m++) {
                float[] f = factors[m];
                int at = first + k;
                four(sums[m], x0, x1, x2, x3, f[at], f[at + 1], f[at + 2], f[at + 3], length);
            }
        }
        for (; k < count; k++) {
            for (int m = 0; m < outputs; m++) {
                one(sums[m], rows[k], factors[m][first + k], length);
            }
        }
    }

    /** One sum: {@code sum += factors[k] * rows[k]}, k = first .. first + count - 1 in order. */
    static void accumulate(float[] sum, float[] factors, float[][] rows, int first, int count, int length) {
        int k = first;
        for (; k + TERMS <= first + count; k += TERMS) {
            four(
                    sum,
                    rows[k],
                    rows[k + 1],
                    rows[k + 2],
                    rows[k + 3],
                    factors[k],
                    factors[k + 1],
                    factors[k + 2],
                    factors[k + 3],
                    length);
        }
        for (; k < first + count; k++) {
            one(sum, rows[k], factors[k], length);
        }
    }

    private static void four(
            float[] sum,
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            float f0,
            float f1,
            float f2,
            float f3,
            int length) {
        for (int i = 0; i < length; i++) {
            sum[i] = Math.fma(f3, x3[i], Math.fma(f2, x2[i], Math.fma(f1, x1[i], Math.fma(f0, x0[i], sum[i]))));
        }
    }

    private static void one(float[] sum, float[] x, float f, int length) {
        for (int i = 0; i < length; i++) {
            sum[i] = Math.fma(f, x[i], sum[i]);
        }
    }
}
