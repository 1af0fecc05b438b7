package dev.octet.compiler.onnx;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A product of matrices with zero points of 0 and a scale for each column: a dense layer of the oracle for each row, and
 * one QLinearMatMul.
 */
final class RandomProduct {
    private final ElementType element;
    private final int rows;
    private final int terms;
    private final int columns;
    private final int[] a;
    private final int[] b;
    private final float[] scale;
    private float inScale;
    private float outScale;
    private double slack = Agreement.FOUR_ROUNDINGS;

    RandomProduct(SplittableRandom random, ElementType element, int rows, int terms, int columns) {
        this.element = element;
        this.rows = rows;
        this.terms = terms;
        this.columns = columns;
        a = RandomLayer.bytes(random, element, rows * terms);
        b = random.ints(terms * columns, -127, 128).toArray();
        inScale = RandomLayer.scale(random);
        scale = new float[columns];
        for (int c = 0; c < columns; c++) {
            scale[c] = RandomLayer.scale(random);
        }
        outScale = (float) (inScale * 0.01 * 73 * 73 * Math.sqrt(terms) / random.nextInt(20, 100));
    }

    /** Changes the scale of each column so that its first result is as close to half a step as floats allow. */
    RandomProduct atHalfAStep(SplittableRandom random) {
        for (int c = 0; c < columns; c++) {
            double sum = sum(0, c);
            if (sum != 0) {
                double wanted = Math.signum(sum) * (random.nextInt(1, element.max()) + 0.5);
                scale[c] = (float) (wanted * outScale / (inScale * sum));
            }
        }
        return this;
    }

    /** Makes all scales powers of two, so that nothing but the last rounding rounds, and halves are frequent. */
    RandomProduct exactlyScaled() {
        inScale = RandomLayer.powerOfTwo(inScale);
        outScale = RandomLayer.powerOfTwo(outScale);
        for (int c = 0; c < columns; c++) {
            scale[c] = RandomLayer.powerOfTwo(scale[c]);
        }
        slack = 0;
        return this;
    }

    /** Compares the results of the two. */
    void compare(Agreement agreement) {
        int[] theirs = RandomOperators.saturated(runtime(), element);
        int[] ours = new int[theirs.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(oracle(row), 0, ours, row * columns, columns);
        }
        agreement.compare(ours, theirs, this::exact, i -> Math.abs(exact(i)) * slack);
    }

    private int[] oracle(int row) {
        int[] operand = new int[terms];
        System.arraycopy(a, row * terms, operand, 0, terms);
        byte[] weights = new byte[b.length];
        for (int i = 0; i < b.length; i++) {
            weights[i % columns * terms + i / columns] = (byte) b[i];
        }
        return new OneOperator()
                .operand(element, inScale, new ByteTensor(Shape.of(terms), operand))
                .weights(new QuantizedLayer("layer", columns, 1, terms, weights, scale, new float[columns]))
                .bytes(OneOperator.dense() + OneOperator.epilogue(element), element, Shape.of(columns), outScale);
    }

    private double sum(int row, int column) {
        long sum = 0;
        for (int k = 0; k < terms; k++) {
            sum += (long) a[row * terms + k] * b[k * columns + column];
        }
        return sum;
    }

    private double exact(int element) {
        int column = element % columns;
        return sum(element / columns, column) * ((double) inScale * scale[column]) / outScale;
    }

    private int[] runtime() {
        OnnxType type = RandomLayer.type(element);
        List<Long> none = List.of();
        List<TensorData> operands = List.of(
                TensorData.of("a", type, List.of((long) rows, (long) terms), a),
                TensorData.of("as", none, inScale),
                TensorData.of("az", type, none, 0),
                TensorData.of("b", OnnxType.INT8, List.of((long) terms, (long) columns), b),
                TensorData.of("bs", List.of((long) columns), scale),
                TensorData.of("bz", OnnxType.INT8, List.of((long) columns), new int[columns]),
                TensorData.of("ys", none, outScale),
                TensorData.of("yz", type, none, 0));
        return OnnxRuntime.run("", "QLinearMatMul", operands, type, List.of((long) rows, (long) columns))
                .integers();
    }
}
