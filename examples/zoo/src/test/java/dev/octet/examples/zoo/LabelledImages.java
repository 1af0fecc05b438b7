package dev.octet.examples.zoo;

import dev.octet.tools.ImageSet;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Real images as a network wants their bytes, and their classes.
 *
 * @param labels classes
 * @param image bytes of each, rows of pixels, channels last; read or decoded when asked for
 */
record LabelledImages(int[] labels, IntFunction<byte[]> image) {
    private static final int CIFAR_BYTES = 32 * 32 * 3;

    /** CIFAR-10: raw bytes in two files. */
    static LabelledImages cifar(String name) {
        ImageSet images = ImageSet.read(SharedData.require("cifar10/" + name + ".images.u8"), CIFAR_BYTES);
        ImageSet labels = ImageSet.read(SharedData.require("cifar10/" + name + ".labels.u8"), 1);
        return new LabelledImages(
                IntStream.range(0, images.size()).map(labels::label).toArray(), images::get);
    }

    /**
     * ImageNet: JPEG files of 227x227 pixels.
     *
     * @param size of the square that the network sees, from the pixel halfway between the image's and its corner
     * @param bgr whether blue comes first
     */
    static LabelledImages imageNet(String name, int size, boolean bgr) {
        Path folder = SharedData.require("imagenet/" + name);
        List<String[]> lines = lines(folder.resolve("labels.txt")).stream()
                .map(line -> line.split(" "))
                .toList();
        return new LabelledImages(
                lines.stream().mapToInt(line -> Integer.parseInt(line[1])).toArray(),
                i -> decode(folder.resolve("images").resolve(lines.get(i)[0]), size, bgr));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] decode(Path file, int size, boolean bgr) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            return pixels(image, size, bgr);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static byte[] pixels(BufferedImage image, int size, boolean bgr) {
        int left = (image.getWidth() - size) / 2;
        int top = (image.getHeight() - size) / 2;
        Raster grey = image.getRaster().getNumBands() == 1 ? image.getRaster() : null;
        byte[] bytes = new byte[size * size * 3];
        int at = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                // getRGB would brighten shades of grey, which it takes for linear.
                int rgb = grey == null
                        ? image.getRGB(left + x, top + y)
                        : 0x010101 * grey.getSample(left + x, top + y, 0);
                bytes[at++] = (byte) (bgr ? rgb : rgb >> 16);
                bytes[at++] = (byte) (rgb >> 8);
                bytes[at++] = (byte) (bgr ? rgb >> 16 : rgb);
            }
        }
        return bytes;
    }

    int size() {
        return labels.length;
    }

    /** The first images, or all if there are fewer. */
    Stream<byte[]> first(int n) {
        return IntStream.range(0, Math.min(n, size())).mapToObj(image);
    }
}
