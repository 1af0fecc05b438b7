package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.octet.examples.zoo.onnx.ExportedModel;
import dev.octet.examples.zoo.onnx.OptimizedModel;
import dev.octet.plan.Plan;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.graph.Op;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.Images;
import dev.octet.tools.accuracy.AccuracyMeasurement;
import dev.octet.tools.accuracy.BiasMeans;
import dev.octet.tools.accuracy.BuiltParts;
import dev.octet.tools.accuracy.Scores;
import dev.octet.tools.accuracy.WeightCorrection;
import dev.octet.tools.export.Flavour;
import dev.octet.tools.export.QdqModel;
import dev.octet.tools.export.QdqOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported networks in ONNX Runtime, with all of its optimisations, against the same networks here. */
class ExportedModelsTest {
    private static final int IMAGES = 500;
    private static final int EXAMPLES = 200;
    private static final int THREADS = 2;

    /** With half as many steps for what is not negative, TensorRT's networks are others than ours. */
    private static final Map<Flavour, Double> LEAST_AGREEMENT = Map.of(Flavour.ORT, 0.99, Flavour.TENSORRT, 0.95);

    /** A network, calibrated and with corrected biases, as users get it who choose nothing. */
    private record Prepared(Plan plan, BuiltParts parts, WeightsFile weights, Images images, float[][] scores) {
        static Prepared of(AccuracyCase network, Path folder) throws IOException {
            ZooBuild build = new ZooBuild(folder, ZooCompilation.withoutKernels(network.definition()));
            LabelledImages all = network.calibration().get();
            Images examples = AccuracyCase.inMemory(firstOf(all, EXAMPLES));
            CalibrationTable table = build.calibrate(
                    network.weights(),
                    RangeRule.entropy(),
                    IntStream.range(0, examples.size()).mapToObj(examples::get));
            Safetensors tensors = Safetensors.open(network.weights());
            Corrections corrections = new WeightCorrection(false, BiasMeans.EMPIRICAL, THREADS)
                    .run(build.plan(), tensors, table, examples, done -> {})
                    .corrections();
            BuiltParts parts = new BuiltParts(tensors, table, Optional.of(corrections));
            Images images = AccuracyCase.inMemory(firstOf(network.evaluation().get(), IMAGES));
            return new Prepared(
                    build.plan(),
                    parts,
                    corrections.weights(build.plan(), tensors),
                    images,
                    new AccuracyMeasurement(build.plan(), images, THREADS)
                            .integers(parts)
                            .values());
        }

        private static LabelledImages firstOf(LabelledImages all, int count) {
            return new LabelledImages(Arrays.copyOf(all.labels(), Math.min(count, all.size())), all.image());
        }

        QdqModel export(Flavour flavour, boolean pixels) {
            return QdqModel.of(plan, parts.table(), weights, new QdqOptions(flavour, pixels));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResNet-8", "Fashion", "ResNet-20"})
    void agreesWithOnnxRuntime(String name, @TempDir Path folder) throws IOException, OrtException {
        compare(named(name), folder);
    }

    @Tag("shared-slow")
    @ParameterizedTest
    @ValueSource(strings = {"ResNet-56", "SqueezeNet 1.1", "MobileNet v1 0.75"})
    void largeNetworksAgreeWithOnnxRuntime(String name, @TempDir Path folder) throws IOException, OrtException {
        compare(named(name), folder);
    }

    private static AccuracyCase named(String name) {
        return AccuracyCase.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void compare(AccuracyCase network, Path folder) throws IOException, OrtException {
        Prepared prepared = Prepared.of(network, folder);
        Scores expected = new Scores(prepared.scores());
        for (Flavour flavour : Flavour.values()) {
            QdqModel model = prepared.export(flavour, false);
            Path optimized = folder.resolve(flavour.text() + ".onnx");
            float[][] found;
            try (ExportedModel opened =
                    new ExportedModel(model.bytes(), prepared.plan().inputs().get(0), optimized)) {
                found = opened.floats(prepared.images());
            }
            double agreement = new Scores(found).agreement(expected);
            OptimizedModel fused = OptimizedModel.read(optimized);
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %-8s %d images: agreement %.2f %%, mean difference of logits %.4f (mean magnitude %.3f), %s%n",
                    network.name(),
                    flavour.text(),
                    found.length,
                    100 * agreement,
                    meanDifference(found, prepared.scores()),
                    meanDifference(new float[found.length][found[0].length], prepared.scores()),
                    fused);
            if (flavour == Flavour.ORT) {
                // What gives the scores is not rounded, and so stays a float convolution where it is one.
                assertThat(fused.count("Conv"))
                        .as("float convolutions of %s", fused)
                        .isEqualTo(layers(prepared.plan(), false));
                assertThat(fused.count("QLinearConv")).isEqualTo(layers(prepared.plan(), true));
            }
            assertThat(agreement)
                    .as("%s for %s", network.name(), flavour)
                    .isGreaterThanOrEqualTo(LEAST_AGREEMENT.get(flavour));
        }
    }

    private static int layers(Plan plan, boolean integers) {
        return (int) plan.int8().nodes(Op.Conv2d.class).stream()
                .filter(node -> node.type().element().isInteger() == integers)
                .count();
    }

    private static double meanDifference(float[][] found, float[][] expected) {
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            for (int c = 0; c < found[i].length; c++) {
                sum += Math.abs((double) found[i][c] - expected[i][c]);
            }
        }
        return sum / found.length / found[0].length;
    }

    /** The preparation of images within the model makes the numbers that the image's format says, but for rounding. */
    @ParameterizedTest
    @EnumSource
    void preparesPixels(Flavour flavour, @TempDir Path folder) throws IOException, OrtException {
        Prepared prepared = Prepared.of(named("ResNet-8"), folder);
        List<float[][]> scores = new ArrayList<>();
        for (boolean pixels : new boolean[] {false, true}) {
            byte[] model = prepared.export(flavour, pixels).bytes();
            Path optimized = folder.resolve(pixels + ".onnx");
            try (ExportedModel opened =
                    new ExportedModel(model, prepared.plan().inputs().get(0), optimized)) {
                scores.add(pixels ? opened.pixels(prepared.images()) : opened.floats(prepared.images()));
            }
        }
        assertThat(new Scores(scores.get(1)).agreement(new Scores(scores.get(0))))
                .isGreaterThanOrEqualTo(.998);
    }
}
