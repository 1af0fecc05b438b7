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
        float[] values = constant.floats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(values[i]);
        }
        return Constant.of(constant.dims(), values);
    }

    /** Axis {@code i} of the result is axis {@code permutation[i]} of the constant. */
    static Constant transposed(Constant constant, int... permutation) {
        List<Integer> dims = new ArrayList<>();
        int[] strides = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            dims.add(constant.dims().get(permutation[i]));
            strides[i] = stride(constant.dims(), permutation[i]);
        }
        int[] from = new int[constant.size()];
        int[] index = new int[permutation.length];
        for (int at = 0; at < from.length; at++) {
            int position = 0;
            for (int axis = 0; axis < index.length; axis++) {
                position += index[axis] * strides[axis];
            }
            from[at] = position;
            step(index, dims);
        }
        return gathered(constant, dims, from);
    }

    /** The next index in the order of a tensor's elements. */
    private static void step(int[] index, List<Integer> dims) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis]++;
            if (index[axis] < dims.get(axis)) {
                return;
            }
            index[axis] = 0;
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
