package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.runtime.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Photographs as files, which become the bytes that the accuracy of networks is measured with. */
@Tag("shared-slow")
class ImageFilesTest {
    private static final int FILE_SIZE = 227;
    private static final List<Float> ZEROS = List.of(0f, 0f, 0f);
    private static final List<Float> ONES = List.of(1f, 1f, 1f);

    /** Of 227 x 227 pixels 224 x 224 are cut out without scaling, as {@code resize = 227} says. */
    @ParameterizedTest
    @EnumSource(names = {"RGB", "BGR"})
    void photographsAreTheBytesThatAccuracyIsMeasuredWith(ChannelOrder order) throws IOException {
        int size = order == ChannelOrder.BGR ? FILE_SIZE : 224;
        Preprocessing preprocessing = Preprocessing.of(new Port(
                "image", Shape.of(3, size, size), Optional.of(new ImageFormat(order, 1, ZEROS, ONES, FILE_SIZE))));
        Path folder = SharedData.require("imagenet/val800");
        LabelledImages expected = LabelledImages.imageNet("val800", size, order == ChannelOrder.BGR);
        List<String> lines = Files.readAllLines(folder.resolve("labels.txt"));
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).split(" ")[0];
            assertThat(preprocessing.read(folder.resolve("images").resolve(name)))
                    .as(name)
                    .isEqualTo(expected.image().apply(i));
        }
        assertThat(lines).hasSize(800);
    }
}
