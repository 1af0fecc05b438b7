package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.file.Constant.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on constants that are in memory. */
final class Tensors {
    private Tensors() {}

    /** A function of each float. */
    static Constant map(Constant constant, DoubleUnaryOperator function) {
        return Constant.computed(constant.dims(), () -> {
            float[] values = constant.floats().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) function.applyAsDouble(values[i]);
            }
            return values;
        });
    }

    /** Axis {@code i} of the result is axis {@code permutation[i]} of the constant. */
    static Constant transposed(Constant constant, int... permutation) {
        List<Integer> dims = new ArrayList<>();
        int[] strides = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            dims.add(constant.dims().get(permutation[i]));
            strides[i] = stride(constant.dims(), permutation[i]);
        }
        if (constant.kind() == Kind.FLOAT) {
            return Constant.computed(dims, () -> {
                float[] given = constant.floats();
                float[] values = new float[given.length];
                walk(dims, strides, (at, from) -> values[at] = given[from]);
                return values;
            });
        }
        long[] given = constant.integers();
        long[] values = new long[given.length];
        walk(dims, strides, (at, from) -> values[at] = given[from]);
        return Constant.of(dims, values);
    }

    /** Takes the place of an element, and the place that it comes from. */
    @FunctionalInterface
    private interface Move {
        void move(int to, int from);
    }

    private static void walk(List<Integer> dims, int[] strides, Move move) {
        int count = Constant.count(dims);
        int[] index = new int[strides.length];
        int from = 0;
        for (int at = 0; at < count; at++) {
            move.move(at, from);
            int axis = index.length - 1;
            while (axis >= 0 && ++index[axis] == dims.get(axis)) {
                from -= strides[axis] * (dims.get(axis) - 1);
                index[axis--] = 0;
            }
            from += axis < 0 ? 0 : strides[axis];
        }
    }

    private static int stride(List<Integer> dims, int axis) {
        return Constant.count(dims.subList(axis + 1, dims.size()));
    }

    /** The elements of the given positions. */
    static Constant gathered(Constant constant, List<Integer> dims, int... from) {
        if (constant.kind() == Kind.FLOAT) {
            float[] given = constant.floats();
            float[] values = new float[from.length];
            for (int i = 0; i < from.length; i++) {
                values[i] = given[from[i]];
            }
            return Constant.of(dims, values);
        }
        long[] given = constant.integers();
        long[] values = new long[from.length];
        for (int i = 0; i < from.length; i++) {
            values[i] = given[from[i]];
        }
        return Constant.of(dims, values);
    }
}
