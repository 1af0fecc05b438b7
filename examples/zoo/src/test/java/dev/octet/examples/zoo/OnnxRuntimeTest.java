package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.octet.examples.zoo.onnx.OnnxRuntime;
import dev.octet.runtime.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Float results of trained networks on real images, compared with ONNX Runtime's of the same pixels. */
class OnnxRuntimeTest {
    private static final int FEW = 16;
    private static final int BATCH = 16;
    /** In proportion to an image's largest logit. */
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @EnumSource
    void agreesOnSomeImages(RealNetwork network, @TempDir Path folder) throws IOException, OrtException {
        new Comparison(network, folder).run(FEW);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("shared-slow")
    void agreesOnAllImages(RealNetwork network, @TempDir Path folder) throws IOException, OrtException {
        int images = network.evaluation().size();
        double top1 = new Comparison(network, folder).run(images);
        network.top1().ifPresent(published -> assertThat(top1).isCloseTo(published, within(1e-9)));
    }

    /** One network against one or two models: the plan's, and the one that others have made, if any. */
    private static final class Comparison {
        private final RealNetwork network;
        private final CpuFloats floats;
        private final LabelledImages images;
        private final List<OnnxRuntime> references = new ArrayList<>();
        private double worst;
        private int right;

        Comparison(RealNetwork network, Path folder) throws IOException, OrtException {
            this.network = network;
            this.floats = new CpuFloats(network.definition(), network.weights(), folder);
            this.images = network.evaluation();
            add(floats.onnx());
            if (network.hasOnnx()) {
                add(Files.readAllBytes(network.onnx()));
            }
        }

        private void add(byte[] model) throws OrtException {
            references.add(new OnnxRuntime(model, floats.plan().inputs().get(0)));
        }

        /** Compares the first images and returns how many per cent are classified correctly. */
        double run(int count) throws IOException, OrtException {
            try (Network opened = floats.open(BATCH)) {
                for (int from = 0; from < count; from += BATCH) {
                    compare(opened, from, Math.min(count, from + BATCH));
                }
            } finally {
                for (OnnxRuntime reference : references) {
                    reference.close();
                }
            }
            double top1 = 100.0 * right / count;
            System.out.printf(
                    "%-28s %4d images: top-1 %.2f %%, worst relative error %.2e%n", network, count, top1, worst);
            return top1;
        }

        private void compare(Network opened, int from, int to) throws OrtException {
            List<byte[]> batch =
                    IntStream.range(from, to).mapToObj(images.image()).toList();
            float[][] found = Logits.of(opened, batch);
            for (OnnxRuntime reference : references) {
                float[][] expected = reference.run(batch);
                for (int i = 0; i < batch.size(); i++) {
                    double error = Logits.relativeError(found[i], expected[i]);
                    assertThat(error).as("image %d", from + i).isLessThanOrEqualTo(TOLERANCE);
                    worst = Math.max(worst, error);
                }
            }
            for (int i = 0; i < batch.size(); i++) {
                right += Logits.best(found[i]) == images.labels()[from + i] ? 1 : 0;
            }
        }
    }
}
