package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.octet.examples.zoo.onnx.ExportedModel;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.tools.Images;
import dev.octet.tools.export.Flavour;
import dev.octet.tools.export.QdqModel;
import dev.octet.tools.export.QdqOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operator and activation, and a layer in FP32, mean in exported models what they mean here. */
class ExportedOperatorsTest {
    private static final long SEED = Long.getLong("octet.seed", 29);
    private static final int IMAGES = 20;
    private static final int SIZE = 24;
    private static final int BATCH = 4;

    private static Images images(long seed) {
        byte[][] images = IntStream.range(0, IMAGES)
                .mapToObj(i -> SyntheticImages.image(SIZE, seed + i))
                .toArray(byte[][]::new);
        return new Images() {
            @Override
            public int size() {
                return images.length;
            }

            @Override
            public byte[] get(int i) {
                return images[i];
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"ORT, false", "ORT, true", "TENSORRT, false"})
    void meanTheSame(Flavour flavour, boolean pixels, @TempDir Path folder) throws IOException, OrtException {
        Path safetensors = folder.resolve("random.safetensors");
        ZooCompilation compiled = ZooCompilation.withoutKernels(new AllOperators());
        WeightsOutput.write(RandomWeights.of(compiled, SEED), safetensors);
        ZooBuild build = new ZooBuild(folder.resolve("classes"), compiled);
        Images examples = images(SEED);
        CalibrationTable table =
                build.calibrate(safetensors, IntStream.range(0, IMAGES).mapToObj(examples::get));
        build.quantizeWeights(safetensors);
        build.add(table);
        WeightsFile weights = WeightsFile.of(build.plan(), Safetensors.open(safetensors));
        QdqModel model = QdqModel.of(build.plan(), table, weights, new QdqOptions(flavour, pixels));

        Images images = images(SEED + 1000);
        float[][] expected = scores(build, images);
        float[][] found;
        Path optimized = folder.resolve("optimized.onnx");
        try (ExportedModel opened =
                new ExportedModel(model.bytes(), build.plan().inputs().get(0), optimized)) {
            found = pixels ? opened.pixels(images) : opened.floats(images);
        }
        double error = error(found, expected);
        System.out.printf("%s, pixels %s, seed %d: %.4f of the scores' deviation%n", flavour, pixels, SEED, error);
        assertThat(error).as("seed %d", SEED).isLessThan(flavour == Flavour.ORT ? .02 : .04);
    }

    private static float[][] scores(ZooBuild build, Images images) throws IOException {
        List<float[]> scores = new ArrayList<>();
        try (Network network =
                Network.open(build.spec(), Options.onDevice("cpu").maxBatch(BATCH))) {
            for (int from = 0; from < images.size(); from += BATCH) {
                List<byte[]> batch = IntStream.range(from, from + BATCH)
                        .mapToObj(images::get)
                        .toList();
                scores.addAll(Arrays.asList(Logits.of(network, batch)));
            }
        }
        return scores.toArray(float[][]::new);
    }

    /** Root of the mean squared difference of log-probabilities, by the standard deviation of those within an image. */
    private static double error(float[][] found, float[][] expected) {
        double error = 0;
        double spread = 0;
        for (int i = 0; i < expected.length; i++) {
            double[] logs = logs(expected[i]);
            double[] others = logs(found[i]);
            double mean = Arrays.stream(logs).average().orElseThrow();
            for (int c = 0; c < logs.length; c++) {
                error += (logs[c] - others[c]) * (logs[c] - others[c]);
                spread += (logs[c] - mean) * (logs[c] - mean);
            }
        }
        return Math.sqrt(error / spread);
    }

    private static double[] logs(float[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .mapToDouble(c -> Math.log(probabilities[c]))
                .toArray();
    }
}
