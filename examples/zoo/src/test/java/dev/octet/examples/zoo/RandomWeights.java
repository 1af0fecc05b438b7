package dev.octet.examples.zoo;

import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.examples.zoo.TracedWeights.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Random weights as before a training (He et al., Delving Deep into Rectifiers, 2015), with statistics of batch
 * normalisations about as large as the values that they normalise: those are estimated by walking through the network.
 */
final class RandomWeights {
    private final TracedNetwork network;
    private final SplittableRandom random;
    /** Estimated mean square of each value. */
    private final double[] square;

    private final Map<Weight, float[]> tensors = new LinkedHashMap<>();

    private RandomWeights(TracedNetwork network, long seed) {
        this.network = network;
        this.random = new SplittableRandom(seed);
        this.square = new double[network.nodes().size()];
    }

    /** Values of all tensors of a network; the same for the same seed. */
    static Map<Weight, float[]> of(TracedNetwork network, long seed) {
        RandomWeights weights = new RandomWeights(network, seed);
        network.nodes().forEach(weights::add);
        return weights.tensors;
    }

    private void add(TracedNode node) {
        double operand = node.inputs().isEmpty() ? 1 : square[node.inputs().get(0)];
        square[node.id()] = square(node, operand);
        if (!node.inputs().isEmpty()) {
            List<Integer> shape = network.nodes().get(node.inputs().get(0)).shape();
            TracedWeights.of(node, shape).forEach(weight -> tensors.put(weight, values(weight, operand)));
        }
    }

    private double square(TracedNode node, double operand) {
        if (node.op() instanceof TracedOp.Conv2d) {
            return 2 * operand;
        } else if (node.op() instanceof TracedOp.BatchNorm) {
            return 1;
        } else if (node.op() instanceof TracedOp.Relu) {
            return operand / 2;
        } else if (node.op() instanceof TracedOp.Add) {
            return operand + square[node.inputs().get(1)];
        }
        return operand;
    }

    private float[] values(Weight weight, double operand) {
        float[] values = new float[weight.elements()];
        String tensor = weight.key().substring(weight.key().lastIndexOf('.') + 1);
        switch (tensor) {
            case "weight" -> fillWeight(values, weight.shape());
            case "bias" -> fill(values, () -> random.nextGaussian(0, 0.2));
            case "running_mean" -> fill(values, () -> random.nextGaussian(0, 0.1 * Math.sqrt(operand)));
            case "running_var" -> fill(values, () -> operand * random.nextDouble(0.6, 1.5));
            default -> throw new AssertionError(tensor);
        }
        return values;
    }

    /** Filters keep the mean square of what a ReLU has halved; factors of a batch normalisation are about 1. */
    private void fillWeight(float[] values, List<Integer> shape) {
        if (shape.size() == 1) {
            fill(values, () -> random.nextDouble(0.6, 1.4));
        } else {
            double deviation = Math.sqrt(2.0 * shape.get(0) / values.length);
            fill(values, () -> random.nextGaussian(0, deviation));
        }
    }

    private static void fill(float[] values, DoubleSupplier next) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) next.getAsDouble();
        }
    }
}
