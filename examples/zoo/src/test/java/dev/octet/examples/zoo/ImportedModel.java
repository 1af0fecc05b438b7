package dev.octet.examples.zoo;

import dev.octet.tools.onnx.ImageOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Models of others that can be imported, and images for them. */
enum ImportedModel {
    CIFAR_RESNET20(
            "cifar10-resnet20", new ImageOption("RGB", "1/255", ".485,.456,.406", ".229,.224,.225"), Optional.empty()),
    RESNET8("cifar10-resnet8-mlperftiny", new ImageOption("RGB", "1", "", ""), Optional.empty()),
    SQUEEZENET_1_1("imagenet-squeezenet1.1", new ImageOption("BGR", "1", "104,117,123", ""), Optional.empty()),
    TEXT_DIRECTION(
            "/models/ch_ppocr_mobile_v2.0_cls_infer.onnx",
            new ImageOption("RGB", "1/255", ".5,.5,.5", ".5,.5,.5"),
            Optional.of(List.of(3, 48, 192)));

    private final String name;
    private final ImageOption image;
    private final Optional<List<Integer>> shape;

    ImportedModel(String name, ImageOption image, Optional<List<Integer>> shape) {
        this.name = name;
        this.image = image;
        this.shape = shape;
    }

    ImageOption image() {
        return image;
    }

    /** Shape of the input, if the model leaves it open. */
    Optional<List<Integer>> shape() {
        return shape;
    }

    /** Whether the model comes from Maven Central rather than from beside the project. */
    boolean isPublished() {
        return name.startsWith("/");
    }

    /** The file; the test is skipped if it is absent. */
    Path file(Path folder) {
        if (!isPublished()) {
            return SharedData.require("models/" + name + ".onnx");
        }
        Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = ImportedModel.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Photographs; the test is skipped if they are absent. */
    Stream<byte[]> photographs(int count) {
        return switch (this) {
            case CIFAR_RESNET20, RESNET8 -> LabelledImages.cifar("test1000").first(count);
            case SQUEEZENET_1_1 -> LabelledImages.imageNet("val800", 227, true).first(count);
            case TEXT_DIRECTION ->
                LabelledImages.imageNet("val800", 192, false).first(count).map(ImportedModel::stripe);
        };
    }

    /** Images that no file is needed for. */
    Stream<byte[]> synthetic(int count) {
        return switch (this) {
            case CIFAR_RESNET20, RESNET8 -> synthetic(count, 32);
            case SQUEEZENET_1_1 -> synthetic(count, 227);
            case TEXT_DIRECTION -> synthetic(count, 192).map(ImportedModel::stripe);
        };
    }

    private static Stream<byte[]> synthetic(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> SyntheticImages.image(size, i));
    }

    /** The 48 rows in the middle of 192. */
    private static byte[] stripe(byte[] square) {
        int row = 192 * 3;
        byte[] stripe = new byte[48 * row];
        System.arraycopy(square, 72 * row, stripe, 0, stripe.length);
        return stripe;
    }
}
