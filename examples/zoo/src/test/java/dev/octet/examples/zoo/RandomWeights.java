package dev.octet.examples.zoo;

import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.examples.zoo.TracedWeights.Weight;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Activation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Random weights as before a training (He et al., Delving Deep into Rectifiers, 2015), with statistics of batch
 * normalisations about as large as the values that they normalise: those are estimated by walking through the network.
 */
final class RandomWeights {
    /** Bytes about as far from the middle as those of photographs are, on either side. */
    private static final int[] BYTES = {64, 192};

    private static final int SAMPLES = 1000;

    private final TracedNetwork network;
    private final Map<String, Double> inputSquares;
    private final SplittableRandom random;
    /** Estimated mean square of each value. */
    private final double[] square;

    private final Map<Weight, float[]> tensors = new LinkedHashMap<>();

    private RandomWeights(TracedNetwork network, Map<String, Double> inputSquares, long seed) {
        this.network = network;
        this.inputSquares = inputSquares;
        this.random = new SplittableRandom(seed);
        this.square = new double[network.nodes().size()];
    }

    /** Values of all tensors of a network; the same for the same seed. */
    static Map<Weight, float[]> of(ZooCompilation network, long seed) {
        Map<String, Double> squares = new HashMap<>();
        for (Port port : network.compilation().plan().inputs()) {
            squares.put(port.name(), port.image().map(RandomWeights::square).orElse(1.0));
        }
        RandomWeights weights = new RandomWeights(network.trace(), squares, seed);
        network.trace().nodes().forEach(weights::add);
        return weights.tensors;
    }

    private static double square(ImageFormat image) {
        return IntStream.range(0, image.channels())
                .mapToDouble(c -> (squared(image.value(c, BYTES[0])) + squared(image.value(c, BYTES[1]))) / 2)
                .average()
                .orElseThrow();
    }

    private static double squared(double value) {
        return value * value;
    }

    private void add(TracedNode node) {
        square[node.id()] = square(node);
        if (!node.inputs().isEmpty()) {
            TracedNode operand = network.nodes().get(node.inputs().get(0));
            TracedWeights.of(node, operand.shape())
                    .forEach(weight -> tensors.put(weight, values(weight, square[operand.id()])));
        }
    }

    private double square(TracedNode node) {
        if (node.op() instanceof TracedOp.Input) {
            return inputSquares.get(node.name());
        } else if (node.op() instanceof TracedOp.BatchNorm) {
            return 1;
        }
        double operand = square[node.inputs().get(0)];
        if (node.op() instanceof TracedOp.Conv2d) {
            return 2 * operand;
        } else if (node.op() instanceof TracedOp.Activation activation) {
            return square(activation, operand);
        } else if (node.op() instanceof TracedOp.Add) {
            return operand + square[node.inputs().get(1)];
        } else if (node.op() instanceof TracedOp.Gate) {
            return operand * square[node.inputs().get(1)];
        } else if (node.op() instanceof TracedOp.Concat) {
            return node.inputs().stream().mapToDouble(x -> square[x]).average().orElseThrow();
        }
        return operand;
    }

    /** Of a normal distribution around zero. */
    private static double square(TracedOp.Activation activation, double operand) {
        double deviation = Math.sqrt(operand);
        Activation function =
                new Activation(Activation.Kind.valueOf(activation.function().name()), activation.alpha());
        SplittableRandom normal = new SplittableRandom(0);
        return DoubleStream.generate(() -> function.of(normal.nextGaussian(0, deviation)))
                .limit(SAMPLES)
                .map(RandomWeights::squared)
                .average()
                .orElseThrow();
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
