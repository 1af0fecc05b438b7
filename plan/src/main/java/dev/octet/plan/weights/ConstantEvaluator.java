package dev.octet.plan.weights;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates constant expressions in double, in the order of operations that {@link Constant} documents. Tensors come from
 * a weights file and must have the expected shape and finite values.
 */
final class ConstantEvaluator {
    private final Safetensors file;

    ConstantEvaluator(Safetensors file) {
        this.file = file;
    }

    /** Values of an expression, outermost dimension first. */
    double[] evaluate(Constant constant) {
        if (constant instanceof Constant.Tensor tensor) {
            return tensor(tensor);
        }
        if (constant instanceof Constant.Ones ones) {
            double[] values = new double[ones.shape().stream().reduce(1, Math::multiplyExact)];
            Arrays.fill(values, 1);
            return values;
        }
        if (constant instanceof Constant.ScaledRows scaled) {
            return scaledRows(scaled);
        }
        return shiftedBias((Constant.ShiftedBias) constant);
    }

    private double[] scaledRows(Constant.ScaledRows scaled) {
        double[] weight = evaluate(scaled.weight());
        Statistics norm = statistics(scaled.norm());
        int rows = scaled.norm().channels();
        if (weight.length % rows != 0) {
            throw new IllegalArgumentException(weight.length + " weights do not have " + rows + " rows");
        }
        int row = weight.length / rows;
        for (int c = 0; c < rows; c++) {
            double factor = norm.gamma[c] / norm.deviation[c];
            for (int i = c * row; i < (c + 1) * row; i++) {
                weight[i] *= factor;
            }
        }
        return weight;
    }

    private double[] shiftedBias(Constant.ShiftedBias shifted) {
        Statistics norm = statistics(shifted.norm());
        double[] bias = shifted.bias().map(this::evaluate).orElse(new double[norm.gamma.length]);
        if (bias.length != norm.gamma.length) {
            throw new IllegalArgumentException(bias.length + " biases for " + norm.gamma.length + " channels");
        }
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (bias[c] - norm.mean[c]) * norm.gamma[c] / norm.deviation[c] + norm.beta[c];
        }
        return bias;
    }

    private Statistics statistics(Constant.Norm norm) {
        List<Constant.Tensor> tensors = norm.tensors();
        Constant.Tensor varianceTensor = tensors.get(3);
        double[] variance = tensor(varianceTensor);
        double[] deviation = new double[variance.length];
        for (int c = 0; c < variance.length; c++) {
            double positive = variance[c] + norm.epsilon();
            if (!(positive > 0)) {
                throw new OctetException(WeightsCode.VARIANCE, file.path(), varianceTensor.key(), variance[c], c);
            }
            deviation[c] = Math.sqrt(positive);
        }
        return new Statistics(tensor(tensors.get(0)), tensor(tensors.get(1)), tensor(tensors.get(2)), deviation);
    }

    private double[] tensor(Constant.Tensor tensor) {
        String key = tensor.key();
        List<Integer> found = file.tensor(key).shape();
        if (!found.equals(tensor.shape())) {
            throw new OctetException(WeightsCode.SHAPE, file.path(), key, found, tensor.shape());
        }
        float[] values = file.read(key);
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new OctetException(
                        WeightsCode.NOT_FINITE, file.path(), key, values[i], coordinates(i, tensor.shape()));
            }
            result[i] = values[i];
        }
        return result;
    }

    private static List<Integer> coordinates(int index, List<Integer> shape) {
        List<Integer> coordinates = new ArrayList<>();
        int rest = index;
        for (int i = shape.size() - 1; i >= 0; i--) {
            coordinates.add(0, rest % shape.get(i));
            rest /= shape.get(i);
        }
        return coordinates;
    }

    /** Tensors of a batch normalisation, per channel; the deviation is {@code sqrt(variance + epsilon)}. */
    private record Statistics(double[] gamma, double[] beta, double[] mean, double[] deviation) {}
}
