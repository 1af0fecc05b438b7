package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.graph.Call.Affine;
import dev.octet.tools.onnx.graph.Call.Conv;
import dev.octet.tools.onnx.graph.Call.Dense;
import dev.octet.tools.onnx.graph.Call.Layer;
import dev.octet.tools.onnx.graph.Call.Norm;
import java.util.List;
import java.util.Optional;

/** Layers that take up what follows them, a factor and a summand per channel. */
final class Folds {
    private static final float EPSILON = 1e-5f;

    private Folds() {}

    /** The layer that computes {@code affine} of another's results; empty if its weights are too large to be changed. */
    static Optional<Layer> behind(Layer layer, Affine affine) {
        if (layer instanceof Conv conv) {
            return scaled(conv.weight(), conv.out(), affine)
                    .map(weight -> new Conv(conv.kernel(), conv.out(), weight, bias(conv.bias(), conv.out(), affine)));
        } else if (layer instanceof Dense dense) {
            return scaled(dense.weight(), dense.features(), affine)
                    .map(weight -> new Dense(dense.features(), weight, bias(dense.bias(), dense.features(), affine)));
        }
        Norm norm = (Norm) layer;
        return Optional.of(new Norm(
                norm.epsilon(),
                each(norm.scale(), (c, value) -> value * affine.scale(c)),
                each(norm.shift(), (c, value) -> value * affine.scale(c) + affine.shift(c)),
                norm.mean(),
                norm.variance()));
    }

    private static Optional<Constant> scaled(Constant weight, int out, Affine affine) {
        if (allOne(affine)) {
            return Optional.of(weight);
        } else if (!weight.fits()) {
            return Optional.empty();
        }
        int each = weight.size() / out;
        return Optional.of(each(weight, (i, value) -> value * affine.scale(i / each)));
    }

    private static boolean allOne(Affine affine) {
        for (double scale : affine.scale()) {
            if (scale != 1) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Constant> bias(Optional<Constant> bias, int out, Affine affine) {
        boolean shifts = false;
        for (double shift : affine.shift()) {
            shifts |= shift != 0;
        }
        if (bias.isEmpty() && !shifts) {
            return Optional.empty();
        }
        Constant from = bias.orElse(Constant.of(List.of(out), new float[out]));
        return Optional.of(each(from, (c, value) -> value * affine.scale(c) + affine.shift(c)));
    }

    /** A function of a number's place and itself. */
    @FunctionalInterface
    private interface Indexed {
        double apply(int index, double value);
    }

    private static Constant each(Constant constant, Indexed function) {
        return Constant.computed(constant.dims(), () -> {
            float[] values = constant.floats().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) function.apply(i, values[i]);
            }
            return values;
        });
    }

    /** A batch normalisation that computes {@code affine}: of mean 0, and of a variance that is 1 with its epsilon. */
    static Norm norm(Affine affine, int channels) {
        float[] scale = new float[channels];
        float[] shift = new float[channels];
        float[] variance = new float[channels];
        for (int c = 0; c < channels; c++) {
            variance[c] = 1 - EPSILON;
            double deviation = Math.sqrt((double) variance[c] + EPSILON);
            scale[c] = (float) (affine.scale(c) * deviation);
            shift[c] = (float) affine.shift(c);
        }
        List<Integer> dims = List.of(channels);
        return new Norm(
                EPSILON,
                Constant.of(dims, scale),
                Constant.of(dims, shift),
                Constant.of(dims, new float[channels]),
                Constant.of(dims, variance));
    }
}
