package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.octet.examples.zoo.onnx.OnnxRuntime;
import dev.octet.plan.graph.Shape;
import dev.octet.runtime.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Float results of networks with random weights, compared with ONNX Runtime's. */
class RandomZooFloatsTest {
    private static final long SEED = 22;
    private static final double TOLERANCE = 1e-4;

    /** Those that, between them, have the operators of all, but for what networks with trained weights have. */
    @ParameterizedTest
    @EnumSource(names = {"RESNET50_V2", "MOBILENET_V3_LARGE", "EFFICIENTNET_B0", "INCEPTION_BN", "INCEPTION_V3"})
    void agreesWithOnnxRuntime(Zoo network, @TempDir Path folder) throws IOException, OrtException {
        Path safetensors = folder.resolve("random.safetensors");
        ZooCompilation compiled = ZooCompilation.withoutKernels(network.definition());
        WeightsOutput.write(RandomWeights.of(compiled, SEED), safetensors);
        CpuFloats floats = new CpuFloats(network.definition(), safetensors, folder.resolve("classes"));
        Shape image = floats.plan().inputs().get(0).shape();
        List<byte[]> images = List.of(SyntheticImages.image(image.height(), SEED));

        try (Network opened = floats.open(1);
                OnnxRuntime reference =
                        new OnnxRuntime(floats.onnx(), floats.plan().inputs().get(0))) {
            float[] expected = reference.run(images)[0];
            assertThat(Logits.relativeError(Logits.of(opened, images)[0], expected))
                    .as("seed %d", SEED)
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }
}
