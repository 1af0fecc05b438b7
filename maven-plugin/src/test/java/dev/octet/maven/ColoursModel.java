package dev.octet.maven;

import dev.octet.testkit.onnx.OnnxGraph;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.List;
import java.util.Random;

/**
 * A small network that tells by its weights which of blue, green and red prevails: two convolutions of which each channel favours one
 * colour, their mean over all pixels, and a score for each colour.
 */
public final class ColoursModel {
    private static final int COLOURS = 3;
    private static final int CHANNELS = 6;

    private ColoursModel() {}

    /**
     * The ONNX file.
     *
     * @param seed of the noise on all weights; 1 for that of the tutorial
     */
    public static byte[] bytes(long seed) {
        Random random = new Random(seed);
        return new OnnxGraph()
                .input("image", OnnxType.FLOAT, List.of(0L, 3L, 32L, 32L))
                .constant(kernel("features.0.weight", COLOURS, random))
                .constant(TensorData.of("features.0.bias", List.of(6L), new float[CHANNELS]))
                .constant(kernel("features.2.weight", CHANNELS, random))
                .constant(TensorData.of("features.2.bias", List.of(6L), new float[CHANNELS]))
                .constant(dense(random))
                .constant(TensorData.of("classifier.bias", List.of(3L), new float[COLOURS]))
                .node("", "Conv", List.of("image", "features.0.weight", "features.0.bias"), "c0", pads())
                .node("", "Relu", List.of("c0"), "r0")
                .node("", "Conv", List.of("r0", "features.2.weight", "features.2.bias"), "c2", pads())
                .node("", "Relu", List.of("c2"), "r2")
                .node("", "GlobalAveragePool", List.of("r2"), "mean")
                .node("", "Flatten", List.of("mean"), "flat")
                .node(
                        "",
                        "Gemm",
                        List.of("flat", "classifier.weight", "classifier.bias"),
                        "scores",
                        new Attribute.Int("transB", 1))
                .output("scores", OnnxType.FLOAT, List.of(0L, 3L))
                .model(17);
    }

    private static Attribute pads() {
        return new Attribute.Ints("pads", List.of(1L, 1L, 1L, 1L));
    }

    /** Colour of an input channel: pixels are red, green, blue, and scores the other way around. */
    private static int colour(int channel, int channels) {
        return channels == COLOURS ? COLOURS - 1 - channel : channel % COLOURS;
    }

    private static TensorData kernel(String name, int inputs, Random random) {
        float[] weights = new float[CHANNELS * inputs * 9];
        for (int i = 0; i < weights.length; i++) {
            int output = i / 9 / inputs;
            int input = i / 9 % inputs;
            float own = output % COLOURS == colour(input, inputs) ? 1 : -.5f;
            weights[i] = (i % 9 == 4 ? own : own / 8) + .1f * (random.nextFloat() - .5f);
        }
        return TensorData.of(name, List.of(6L, (long) inputs, 3L, 3L), weights);
    }

    private static TensorData dense(Random random) {
        float[] weights = new float[COLOURS * CHANNELS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i % CHANNELS % COLOURS == i / CHANNELS ? 1 : -.5f) + .1f * (random.nextFloat() - .5f);
        }
        return TensorData.of("classifier.weight", List.of(3L, 6L), weights);
    }
}
