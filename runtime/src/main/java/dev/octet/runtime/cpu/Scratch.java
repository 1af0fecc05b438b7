package dev.octet.runtime.cpu;

import java.util.Arrays;

/** Rows of floats that one thread works in; grown on demand, kept between layers and runs. */
final class Scratch {
    /** Planes of a tile's input. */
    final Bank planes = new Bank();
    /** Operand rows of a matrix product. */
    final Bank rows = new Bank();
    /** Accumulators. */
    final Bank sums = new Bank();
    /** Rows of second operands. */
    final Bank others = new Bank();
    /** Integer accumulators of layers whose sums exceed a float's 24 bits. */
    private int[][] integers = {};

    /** Integer rows of at least the given length; contents undefined. */
    int[][] integers(int count, int length) {
        if (integers.length < count) {
            int known = integers.length;
            integers = Arrays.copyOf(integers, count);
            Arrays.fill(integers, known, count, new int[0]);
        }
        for (int i = 0; i < count; i++) {
            if (integers[i].length < length) {
                integers[i] = new int[length];
            }
        }
        return integers;
    }

    /** A growing set of rows. */
    static final class Bank {
        private float[][] arrays = {};

        /** Rows of at least the given length; contents undefined. */
        float[][] get(int count, int length) {
            if (arrays.length < count) {
                int known = arrays.length;
                arrays = Arrays.copyOf(arrays, count);
                Arrays.fill(arrays, known, count, new float[0]);
            }
            for (int i = 0; i < count; i++) {
                if (arrays[i].length < length) {
                    arrays[i] = new float[length];
                }
            }
            return arrays;
        }

        /** One row of at least the given length; contents undefined. */
        float[] get(int length) {
            return get(1, length)[0];
        }

        /** Like {@link #get(int, int)}, with the first {@code length} elements zero. */
        float[][] zeros(int count, int length) {
            float[][] rows = get(count, length);
            for (int i = 0; i < count; i++) {
                Arrays.fill(rows[i], 0, length, 0);
            }
            return rows;
        }
    }
}
