package dev.octet.compiler.onnx;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;

/**
 * ONNX's QuantizeLinear and DequantizeLinear, number by number, since a tensor of the oracle has one scale. A zero point
 * is added to the rounded positive part less the rounded negative one, and taken from bytes before the oracle sees what is
 * left, positive or negative.
 *
 * @param scale one scale, or one for each index along an axis
 * @param zeroPoint as many zero points; their type is that of the bytes
 * @param axis the axis
 */
record Quantization(TensorData scale, TensorData zeroPoint, int axis) {

    private int along(TensorData tensor, int element) {
        int inner = 1;
        for (int i = axis + 1; i < tensor.dims().size(); i++) {
            inner *= tensor.dim(i);
        }
        return scale.elements() == 1 ? 0 : element / inner % tensor.dim(axis);
    }

    private double scale(TensorData tensor, int element) {
        return scale.floats()[along(tensor, element)];
    }

    private int zeroPoint(TensorData tensor, int element) {
        return zeroPoint.integers()[along(tensor, element)];
    }

    int[] quantized(TensorData x) {
        boolean signed = zeroPoint.type() == OnnxType.INT8;
        float[] values = x.floats();
        int[] bytes = new int[values.length];
        for (int i = 0; i < bytes.length; i++) {
            double step = scale(x, i);
            int positive = OneOperator.quantize(values[i], ElementType.U8, step);
            int negative = OneOperator.quantize(-values[i], ElementType.U8, step);
            int value = positive - negative + zeroPoint(x, i);
            bytes[i] = Math.min(Math.max(value, signed ? -128 : 0), signed ? 127 : 255);
        }
        return bytes;
    }

    /** What {@link #quantized} rounds, but for the limits: in double. */
    double[] unrounded(TensorData x) {
        float[] values = x.floats();
        double[] exact = new double[values.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = values[i] / scale(x, i);
        }
        return exact;
    }

    float[] dequantized(TensorData x) {
        int[] values = x.integers();
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            int difference = values[i] - zeroPoint(x, i);
            float size = new OneOperator()
                    .operand(ElementType.U8, scale(x, i), new ByteTensor(Shape.of(1), new int[] {Math.abs(difference)}))
                    .floats("dequantize(%1)", Shape.of(1))[0];
            floats[i] = difference < 0 ? -size : size;
        }
        return floats;
    }
}
