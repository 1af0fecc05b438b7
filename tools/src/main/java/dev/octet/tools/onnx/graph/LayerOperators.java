package dev.octet.tools.onnx.graph;

import dev.octet.dsl.Kernel;
import dev.octet.tools.onnx.file.Constant;
import java.util.List;
import java.util.Optional;

/** Operators with weights. */
final class LayerOperators {
    private LayerOperators() {}

    static void register() {
        Operators.add("Conv", LayerOperators::conv);
        Operators.add("Gemm", LayerOperators::gemm);
        Operators.add("MatMul", LayerOperators::matMul);
        Operators.add("BatchNormalization", LayerOperators::batchNorm);
    }

    private static Value conv(Step step) {
        Value x = step.image(0);
        Constant weight = step.floats(1);
        step.require(weight.dims().size() == 4, "its weights have the shape " + weight.dims() + ", not four extents");
        int out = weight.dims().get(0);
        int groups = step.small(step.node().integer("group", 1), "the group");
        step.require(
                groups > 0 && x.channels() == (long) weight.dims().get(1) * groups && out > 0 && out % groups == 0,
                "weights " + weight.dims() + " of " + groups + " groups do not fit " + x.channels() + " channels");
        List<Long> size =
                List.of((long) weight.dims().get(2), (long) weight.dims().get(3));
        step.require(
                step.node().integers("kernel_shape", size).equals(size),
                "kernel_shape differs from its weights' shape");
        Kernel kernel = Windows.of(step, x.shape(), size).groups(groups);
        Optional<Constant> bias = bias(step, out);
        String hint = Hints.layer(step.nameOf(1), step.node().label());
        return step.result(new Call.Conv(kernel, out, weight, bias), Windows.shape(kernel, x.shape(), out), hint, x);
    }

    private static Optional<Constant> bias(Step step, int out) {
        if (!step.has(2)) {
            return Optional.empty();
        }
        Constant bias = step.floats(2);
        step.require(bias.dims().equals(List.of(out)), "its bias has the shape " + bias.dims());
        return Optional.of(bias);
    }

    private static Value gemm(Step step) {
        Value x = vector(step);
        step.require(step.node().integer("transA", 0) == 0, "transA is set");
        Constant weight = step.floats(1);
        step.require(weight.dims().size() == 2, "its weights have the shape " + weight.dims());
        boolean transposed = step.node().integer("transB", 0) != 0;
        double alpha = step.node().decimal("alpha", 1);
        Constant rows = transposed ? weight : Tensors.transposed(step.inMemory(weight), 1, 0);
        int out = rows.dims().get(0);
        step.require(
                out > 0 && rows.dims().get(1) == x.channels(),
                "weights " + weight.dims() + " do not fit " + x.channels() + " features");
        Constant scaled = alpha == 1 ? rows : Tensors.map(step.inMemory(rows), value -> value * alpha);
        double beta = step.node().decimal("beta", 1);
        Optional<Constant> bias = step.has(2) && beta != 0 ? Optional.of(spread(step, out, beta)) : Optional.empty();
        String hint = Hints.layer(step.nameOf(1), step.node().label());
        return step.result(new Call.Dense(out, scaled, bias), List.of(out), hint, x);
    }

    private static Constant spread(Step step, int out, double beta) {
        Constant bias = step.inMemory(step.floats(2));
        float[] given = bias.floats();
        step.require(
                given.length == 1
                        || given.length == out && bias.dims().get(bias.dims().size() - 1) == out,
                "its bias has the shape " + bias.dims());
        float[] values = new float[out];
        for (int i = 0; i < out; i++) {
            values[i] = (float) (beta * given[given.length == 1 ? 0 : i]);
        }
        return Constant.of(List.of(out), values);
    }

    private static Value vector(Step step) {
        Value x = step.value(0);
        step.require(x.shape().size() == 1, "its operand is not [N, features], flattened before");
        return x;
    }

    private static Value matMul(Step step) {
        Value x = vector(step);
        Constant weight = step.inMemory(step.floats(1));
        step.require(
                weight.dims().size() == 2 && weight.dims().get(0) == x.channels() && weight.size() > 0,
                "weights " + weight.dims() + " do not fit " + x.channels() + " features");
        Constant rows = Tensors.transposed(weight, 1, 0);
        int out = rows.dims().get(0);
        String hint = Hints.layer(step.nameOf(1), step.node().label());
        return step.result(new Call.Dense(out, rows, Optional.empty()), List.of(out), hint, x);
    }

    private static Value batchNorm(Step step) {
        Value x = step.value(0);
        step.require(x.isImage() || x.shape().size() == 1, "it is not on an image or a vector");
        step.require(
                step.node().integer("training_mode", 0) == 0, "it is in training mode; export the model in eval mode");
        step.require(
                step.node().outputs().stream().skip(1).allMatch(String::isEmpty),
                "it has outputs for training; export the model in eval mode");
        for (int i = 1; i < 5; i++) {
            step.require(
                    step.floats(i).dims().equals(List.of(x.channels())),
                    "operand " + i + " has the shape " + step.floats(i).dims());
        }
        float epsilon = step.node().decimal("epsilon", 1e-5f);
        step.require(epsilon > 0 && Float.isFinite(epsilon), "its epsilon is " + epsilon);
        String hint = Hints.layer(step.nameOf(1), step.node().label());
        return step.result(
                new Call.Norm(epsilon, step.floats(1), step.floats(2), step.floats(3), step.floats(4)),
                x.shape(),
                hint,
                x);
    }
}
