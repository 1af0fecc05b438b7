package dev.octet.examples.zoo;

import dev.octet.runtime.Network;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores of images by class. */
final class Logits {
    private Logits() {}

    /** The scores that a network gives some images, at most {@link Network#maxBatch()}. */
    static float[][] of(Network network, List<byte[]> images) {
        int pixels = network.plan().inputs().get(0).shape().elements();
        int classes = network.plan().outputs().get(0).shape().elements();
        ByteBuffer in = ByteBuffer.allocate(images.size() * pixels);
        images.forEach(in::put);
        FloatBuffer out = FloatBuffer.allocate(images.size() * classes);
        network.runBatch(images.size(), in.flip(), out);
        return IntStream.range(0, images.size())
                .mapToObj(i -> Arrays.copyOfRange(out.array(), i * classes, (i + 1) * classes))
                .toArray(float[][]::new);
    }

    /** The first class of the largest score. */
    static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /** Largest difference in proportion to the largest magnitude of what is expected. */
    static double relativeError(float[] found, float[] expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            // Math.max keeps a NaN.
            difference = Math.max(difference, Math.abs((double) found[i] - expected[i]));
        }
        return difference / largest;
    }
}
