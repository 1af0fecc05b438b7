package dev.octet.runtime;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Fashion-MNIST's test images and a network trained on its training images; outside the project. */
public final class FashionData {
    private static final Path ROOT = Path.of("..", "..", "shared", "data");
    private static final int SIZE = 28 * 28;

    private final byte[] images;
    private final byte[] labels;

    private FashionData(byte[] images, byte[] labels) {
        this.images = images;
        this.labels = labels;
    }

    /** The safetensors file; skips the test if it is not there. */
    public static Path weights() {
        return require("models/fashionmnist-resnet8s.safetensors");
    }

    /** The 10,000 test images; skips the test if they are not there. */
    public static FashionData open() {
        byte[] images = unzip(require("fashion-mnist/t10k-images-idx3-ubyte.gz"), 16);
        byte[] labels = unzip(require("fashion-mnist/t10k-labels-idx1-ubyte.gz"), 8);
        return new FashionData(images, labels);
    }

    private static Path require(String name) {
        Path file = ROOT.resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), () -> "skipped: there is no file " + file);
        return file;
    }

    private static byte[] unzip(Path file, int header) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(header);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All images, one after another. */
    public byte[] images() {
        return images;
    }

    /** Image i. */
    public byte[] image(int i) {
        return java.util.Arrays.copyOfRange(images, i * SIZE, (i + 1) * SIZE);
    }

    /** Class of image i. */
    public int label(int i) {
        return labels[i];
    }

    /** Number of images. */
    public int count() {
        return labels.length;
    }
}
