package dev.octet.examples.zoo;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.tools.ImageSet;
import dev.octet.tools.Images;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A trained network with the images that it is calibrated and evaluated on.
 *
 * @param name for people
 * @param definition its definition
 * @param weights its weights
 * @param calibration training images, with their classes if these are known
 * @param evaluation other images
 */
record AccuracyCase(
        String name,
        NetworkDefinition definition,
        Path weights,
        Supplier<LabelledImages> calibration,
        Supplier<LabelledImages> evaluation) {
    private static final int FASHION_BYTES = 28 * 28;
    private static final Path FASHION = Path.of("../fashion/src/main/data");

    /** All of them, the quick ones first; tests without the networks are skipped. */
    static List<AccuracyCase> all() {
        return List.of(
                of("ResNet-8", RealNetwork.RESNET8),
                fashion(),
                of("ResNet-20", RealNetwork.CIFAR_RESNET20),
                of("ResNet-56", RealNetwork.CIFAR_RESNET56),
                of("SqueezeNet 1.1", RealNetwork.SQUEEZENET_1_1),
                of("MobileNet v1 0.75", RealNetwork.MOBILENET_V1_THREE_QUARTERS));
    }

    static AccuracyCase of(String name, RealNetwork network) {
        return new AccuracyCase(
                name, network.definition(), network.weights(), network::calibration, network::evaluation);
    }

    /** Calibrated on the images that {@code examples/fashion} has. */
    static AccuracyCase fashion() {
        return new AccuracyCase(
                "Fashion",
                new FashionResNet(),
                SharedData.require("models/fashionmnist-resnet8s.safetensors"),
                () -> fashion(
                        FASHION.resolve("calibration-images-idx3-ubyte.gz"),
                        FASHION.resolve("calibration-labels-idx1-ubyte.gz")),
                () -> fashion(
                        SharedData.require("fashion-mnist/t10k-images-idx3-ubyte.gz"),
                        SharedData.require("fashion-mnist/t10k-labels-idx1-ubyte.gz")));
    }

    private static LabelledImages fashion(Path images, Path labels) {
        ImageSet pictures = ImageSet.read(images, FASHION_BYTES);
        ImageSet classes = ImageSet.read(labels, 1);
        return new LabelledImages(
                IntStream.range(0, classes.size()).map(classes::label).toArray(), pictures::get);
    }

    /** The same network, calibrated on one half of its training images and evaluated on the other. */
    AccuracyCase halved() {
        return new AccuracyCase(
                name, definition, weights, () -> part(calibration.get(), 0), () -> part(calibration.get(), 1));
    }

    private static LabelledImages part(LabelledImages all, int half) {
        int middle = all.size() / 2;
        int from = half * middle;
        return new LabelledImages(
                Arrays.copyOfRange(all.labels(), from, from + middle),
                i -> all.image().apply(from + i));
    }

    /** Images in memory, decoded once. */
    static Images inMemory(LabelledImages images) {
        byte[][] bytes =
                IntStream.range(0, images.size()).mapToObj(images.image()).toArray(byte[][]::new);
        return new Images() {
            @Override
            public int size() {
                return bytes.length;
            }

            @Override
            public byte[] get(int i) {
                return bytes[i];
            }
        };
    }

    /** Points of top-1 that INT8 may be below FP32 with the defaults. */
    double mostLost() {
        return name.startsWith("ResNet") || name.equals("Fashion") ? 0.5 : 0.7;
    }

    /** Per cent of the images for which INT8 has to agree with FP32 with the defaults. */
    double leastAgreement() {
        return switch (name) {
            case "SqueezeNet 1.1" -> 95.5;
            case "MobileNet v1 0.75" -> 96;
            default -> 98;
        };
    }

    /** Name in settings. */
    String key() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
