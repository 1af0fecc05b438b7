package dev.octet.compiler.onnx;

import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.Arrays;
import java.util.Optional;

/**
 * Unsigned bytes with a zero point. Signed ones become unsigned if 128 is added to them and to their zero point.
 *
 * @param values each in [0, 255]
 * @param zeroPoint in [0, 255]
 */
record Affine(int[] values, int zeroPoint) {

    /** A tensor with one zero point; 0 without one. */
    static Affine of(TensorData tensor, Optional<TensorData> zeroPoint) {
        int[] zero = zeroPoint.map(TensorData::integers).orElse(new int[1]);
        if (zero.length != 1) {
            throw new IllegalArgumentException("one zero point is wanted, found " + zero.length);
        }
        int shift = tensor.type() == OnnxType.INT8 ? 128 : 0;
        int[] shifted =
                Arrays.stream(tensor.integers()).map(value -> value + shift).toArray();
        return new Affine(shifted, zero[0] + shift);
    }

    /** The image of a batch. */
    Affine image(int index, int elements) {
        return new Affine(Arrays.copyOfRange(values, index * elements, (index + 1) * elements), zeroPoint);
    }

    /** Each value less its zero point, in [-255, 255]; element {@code i} has zero point {@code i / each % zeros}. */
    static int[] differences(TensorData tensor, Optional<TensorData> zeroPoint, int each) {
        int[] zeros = zeroPoint.map(TensorData::integers).orElse(new int[1]);
        int[] values = tensor.integers();
        for (int i = 0; i < values.length; i++) {
            values[i] -= zeros[i / each % zeros.length];
        }
        return values;
    }
}
