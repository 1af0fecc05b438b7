package dev.octet.compiler.interp;

import dev.octet.plan.graph.Shape;

/** A value of one image, in logical (channel, row, column) order. */
public sealed interface Tensor permits FloatTensor, ByteTensor {
    /** Logical shape. */
    Shape shape();

    /** Position of an element in (channel, row, column) order. */
    default int index(int channel, int row, int column) {
        return (channel * shape().height() + row) * shape().width() + column;
    }
}
