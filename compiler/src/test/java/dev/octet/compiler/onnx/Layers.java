package dev.octet.compiler.onnx;

import dev.octet.compiler.onnx.AffineLayer.Result;
import dev.octet.compiler.onnx.AffineLayer.Weights;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** ONNX's quantised convolutions and products of matrices, by the oracle's convolution and dense layer. */
final class Layers {
    private Layers() {}

    /** A quantity of ONNX: bytes, the scales and the zero points of those that have them. */
    record Quantity(TensorData values, Optional<TensorData> scale, Optional<TensorData> zeroPoint) {
        float[] scales() {
            return scale.map(TensorData::floats).orElse(new float[] {1});
        }

        float oneScale() {
            float[] scales = scales();
            if (scales.length != 1) {
                throw new IllegalArgumentException("one scale is wanted, found " + scales.length);
            }
            return scales[0];
        }

        Affine affine() {
            return Affine.of(values, zeroPoint);
        }
    }

    /** QLinearConv, or ConvInteger if there is no result to round to. */
    static int[] convolution(Quantity x, Quantity w, Optional<Result> result, Map<String, List<Integer>> attributes) {
        Shape in = Shape.of(x.values().dim(1), x.values().dim(2), x.values().dim(3));
        TensorData weights = w.values();
        Window window = window(List.of(weights.dim(2), weights.dim(3)), attributes);
        int groups = attributes.getOrDefault("group", List.of(1)).get(0);
        int out = weights.dim(0);
        int perChannel = weights.elements() / out;
        int[] values = Affine.differences(weights, w.zeroPoint(), perChannel);
        Weights layer = new Weights(out, weights.dim(1), window.taps(), values, each(w.scales(), out));
        Shape shape = Shape.of(out, window.outHeight(in.height()), window.outWidth(in.width()));
        String operator = OneOperator.conv2d(window, groups);
        return batch(
                x.values().dim(0),
                shape.elements(),
                (image, size) -> one(
                        new AffineLayer(x.affine().image(image, in.elements()), in, groups),
                        operator,
                        layer,
                        shape,
                        x.oneScale(),
                        result));
    }

    /** QLinearMatMul, or MatMulInteger if there is no result to round to: a dense layer for each row. */
    static int[] product(Quantity a, Quantity b, Optional<Result> result) {
        int rank = b.values().dims().size();
        int n = b.values().dim(rank - 1);
        int k = b.values().dim(rank - 2);
        int rows = a.values().elements() / k;
        int matrices = b.values().elements() / (k * n);
        Shape in = Shape.of(k, 1, 1);
        int[] all = Affine.differences(b.values(), b.zeroPoint(), 1);
        return batch(rows, n, (row, size) -> {
            int[] matrix = Arrays.copyOfRange(all, row * matrices / rows * k * n, (row * matrices / rows + 1) * k * n);
            Weights layer = new Weights(n, k, 1, transposed(matrix, k, n), each(b.scales(), n));
            AffineLayer dense = new AffineLayer(a.affine().image(row, k), in, 1);
            return one(dense, OneOperator.dense(), layer, Shape.of(n), a.oneScale(), result);
        });
    }

    private static int[] one(
            AffineLayer layer, String operator, Weights weights, Shape out, float scale, Optional<Result> result) {
        return result.map(to -> layer.rounded(operator, weights, out, scale, to))
                .orElseGet(() -> layer.sums(operator, weights, out));
    }

    private static int[] batch(int images, int size, BiFunction<Integer, Integer, int[]> one) {
        int[] values = new int[images * size];
        for (int i = 0; i < images; i++) {
            System.arraycopy(one.apply(i, size), 0, values, i * size, size);
        }
        return values;
    }

    private static int[] transposed(int[] matrix, int rows, int columns) {
        int[] result = new int[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            result[i % columns * rows + i / columns] = matrix[i];
        }
        return result;
    }

    private static float[] each(float[] scales, int channels) {
        if (scales.length == channels) {
            return scales;
        }
        float[] all = new float[channels];
        Arrays.fill(all, scales[0]);
        return all;
    }

    /** The limits of a result's type. */
    static Result result(float scale, TensorData zeroPoint) {
        boolean signed = zeroPoint.type() == OnnxType.INT8;
        return new Result(scale, zeroPoint.integers()[0], signed ? -128 : 0, signed ? 127 : 255);
    }

    /** A window from a node's attributes. */
    static Window window(List<Integer> kernel, Map<String, List<Integer>> attributes) {
        Set<String> known = Set.of("kernel_shape", "strides", "dilations", "pads", "group");
        if (!known.containsAll(attributes.keySet())) {
            throw new IllegalArgumentException("attributes " + attributes.keySet() + " beyond " + known);
        }
        List<Integer> strides = attributes.getOrDefault("strides", List.of(1, 1));
        List<Integer> dilations = attributes.getOrDefault("dilations", List.of(1, 1));
        List<Integer> pads = attributes.getOrDefault("pads", List.of(0, 0, 0, 0));
        return new Window(
                kernel.get(0),
                kernel.get(1),
                strides.get(0),
                strides.get(1),
                dilations.get(0),
                dilations.get(1),
                new Border(pads.get(0), pads.get(1), pads.get(2), pads.get(3)));
    }
}
