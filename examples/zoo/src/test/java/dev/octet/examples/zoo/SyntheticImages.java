package dev.octet.examples.zoo;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Images that differ from each other as photographs do: waves of random direction and colour, and noise. */
final class SyntheticImages {
    private static final int CHANNELS = 3;
    private static final int WAVES = 4;

    private SyntheticImages() {}

    /** An RGB image, row after row; the same for the same seed. */
    static byte[] image(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[size * size * CHANNELS];
        for (int wave = 0; wave < WAVES; wave++) {
            addWave(values, size, random);
        }
        byte[] image = new byte[values.length];
        for (int i = 0; i < image.length; i++) {
            double value = 128 + 30 * values[i] + random.nextGaussian(0, 8);
            image[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return image;
    }

    private static void addWave(double[] values, int size, SplittableRandom random) {
        double alongX = random.nextDouble(-0.3, 0.3);
        double alongY = random.nextDouble(-0.3, 0.3);
        double[] colour = random.doubles(CHANNELS, -1, 1).toArray();
        for (int i = 0; i < size * size; i++) {
            double height = Math.sin(alongX * (i % size) + alongY * (i / size));
            for (int c = 0; c < CHANNELS; c++) {
                values[i * CHANNELS + c] += height * colour[c];
            }
        }
    }

    /** Some images one after another. */
    static ByteBuffer images(int count, int size, long seed) {
        ByteBuffer images = ByteBuffer.allocateDirect(count * size * size * CHANNELS);
        for (int i = 0; i < count; i++) {
            images.put(image(size, seed + i));
        }
        return images.flip();
    }
}
