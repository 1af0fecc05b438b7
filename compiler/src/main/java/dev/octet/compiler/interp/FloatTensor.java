package dev.octet.compiler.interp;

import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.graph.Shape;
import java.util.Arrays;

/**
 * A float value.
 *
 * @param shape logical shape
 * @param values elements in (channel, row, column) order; not copied
 */
public record FloatTensor(Shape shape, float[] values) implements Tensor, OperatorExtension.Operand {
    public FloatTensor {
        if (values.length != shape.elements()) {
            throw new IllegalArgumentException(values.length + " elements for shape " + shape);
        }
    }

    @Override
    public float at(int channel, int row, int column) {
        return values[index(channel, row, column)];
    }

    /** Equal shape and equal bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor tensor
                && shape.equals(tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "f32" + shape + Arrays.toString(values);
    }
}
