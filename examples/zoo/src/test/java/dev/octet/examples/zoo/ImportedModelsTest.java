package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.octet.examples.zoo.onnx.OnnxRuntime;
import dev.octet.runtime.Network;
import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that other tools have made, imported and compiled, compared in floats with ONNX Runtime's results of the model itself. */
class ImportedModelsTest {
    private static final int IMAGES = 12;
    /** In proportion to an image's largest logit. */
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    @Tag("shared-slow")
    void agreesWithItsModelOnPhotographs(ImportedModel model) throws IOException, OrtException {
        compare(model, model.photographs(IMAGES).toList());
    }

    @Test
    void agreesWithItsModelOnSyntheticImages() throws IOException, OrtException {
        compare(
                ImportedModel.TEXT_DIRECTION,
                ImportedModel.TEXT_DIRECTION.synthetic(IMAGES).toList());
    }

    private void compare(ImportedModel model, List<byte[]> images) throws IOException, OrtException {
        Path file = model.file(folder);
        ImportedNetwork imported = new ImportedNetwork(file, model.shape(), model.image(), folder);
        double worst = 0;
        try (Network network = imported.open();
                OnnxRuntime reference = new OnnxRuntime(
                        Files.readAllBytes(file), network.plan().inputs().get(0))) {
            float[][] expected = reference.run(images);
            float[][] found = Logits.of(network, images);
            for (int i = 0; i < images.size(); i++) {
                double error = Logits.relativeError(found[i], expected[i]);
                assertThat(error).as("image %d", i).isLessThanOrEqualTo(TOLERANCE);
                assertThat(Logits.best(found[i])).as("image %d", i).isEqualTo(Logits.best(expected[i]));
                worst = Math.max(worst, error);
            }
        }
        System.out.printf(
                "imported %-16s %d lines, %d images: worst relative error %.2e%n",
                model, imported.source().lines().count(), images.size(), worst);
    }

    /** What cannot be imported is listed, and nothing is written. */
    @ParameterizedTest
    @CsvSource({
        "ch_PP-OCRv3_det_infer, 2, 'ConvTranspose([N, 24, 80, 80], constant [24, 24, 2, 2])'",
        "ch_PP-OCRv4_det_infer, 2, 'ConvTranspose([N, 24, 80, 80], constant [24, 24, 2, 2])'",
        "ch_PP-OCRv3_rec_infer, 11, 'Reshape([N, 120, 10, 40], constant [3])'",
        "ch_PP-OCRv4_rec_infer, 11, 'Reshape([N, 120, 6, 40], constant [3])'"
    })
    void saysWhatIsInTheWay(String name, int count, String node) throws IOException {
        Path file = folder.resolve(name + ".onnx");
        try (InputStream in = getClass().getResourceAsStream("/models/" + name + ".onnx")) {
            Files.write(file, in.readAllBytes());
        }
        ImportOptions options = new ImportOptions(
                file,
                "org.example.Refused",
                folder.resolve("java"),
                folder.resolve("octet"),
                Map.of("", List.of(3, 320, 320)),
                Optional.of(new ImageOption("BGR", "1/255", "", "")),
                1,
                false);

        assertThatThrownBy(() -> OnnxImport.run(options))
                .hasMessageStartingWith("[OCTET-ONNX-005] " + count + " of ")
                .hasMessageContaining(node);
        assertThat(folder.resolve("java")).doesNotExist();
        assertThat(folder.resolve("octet")).doesNotExist();
    }
}
