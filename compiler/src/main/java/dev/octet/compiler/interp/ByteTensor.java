package dev.octet.compiler.interp;

import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.graph.Shape;
import java.util.Arrays;

/**
 * A value of signed or unsigned bytes, held as integers.
 *
 * @param shape logical shape
 * @param values elements in (channel, row, column) order, each in the range of the value's type; not copied
 */
public record ByteTensor(Shape shape, int[] values) implements Tensor {
    public ByteTensor {
        if (values.length != shape.elements()) {
            throw new IllegalArgumentException(values.length + " elements for shape " + shape);
        }
    }

    /** Raw pixels from unsigned bytes in (row, column, channel) order. */
    public static ByteTensor ofImage(Shape shape, byte[] pixels) {
        if (pixels.length != shape.elements()) {
            throw new IllegalArgumentException(pixels.length + " bytes for an image of shape " + shape);
        }
        int[] values = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % shape.channels();
            values[channel * shape.pixels() + i / shape.channels()] = Byte.toUnsignedInt(pixels[i]);
        }
        return new ByteTensor(shape, values);
    }

    /** The element at a logical position. */
    public int at(int channel, int row, int column) {
        return values[index(channel, row, column)];
    }

    /** This value as an operator from outside reads it. */
    OperatorExtension.Operand operand() {
        return new OperatorExtension.Operand() {
            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public float at(int channel, int row, int column) {
                return ByteTensor.this.at(channel, row, column);
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteTensor tensor && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "bytes" + shape + Arrays.toString(values);
    }
}
