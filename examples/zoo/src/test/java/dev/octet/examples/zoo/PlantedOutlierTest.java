package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.examples.zoo.TracedWeights.Weight;
import dev.octet.plan.Plan;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.Safetensors;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.Images;
import dev.octet.tools.accuracy.AccuracyMeasurement;
import dev.octet.tools.accuracy.BiasMeans;
import dev.octet.tools.accuracy.Bound;
import dev.octet.tools.accuracy.BuiltParts;
import dev.octet.tools.accuracy.Definition;
import dev.octet.tools.accuracy.PrecisionSearch;
import dev.octet.tools.accuracy.Scores;
import dev.octet.tools.accuracy.WeightCorrection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ResNet-8 with one channel of {@code conv1} multiplied by 128, which {@code conv2} divides again: the float network says what it
 * said, while in INT8 all other channels of the tensor between them share two steps.
 */
@Tag("shared-slow")
class PlantedOutlierTest {
    private static final int FACTOR = 128;
    private static final int CHANNEL = 3;
    private static final int THREADS = 2;
    private static final double REPAIRED = 0.3;

    @TempDir
    private Path folder;

    private Plan plan;
    private BuiltParts parts;
    private Images examples;
    private Images images;
    private int[] labels;
    private Scores exact;

    @BeforeEach
    void plant() throws IOException {
        LabelledImages evaluation = RealNetwork.RESNET8.evaluation();
        images = AccuracyCase.inMemory(evaluation);
        labels = evaluation.labels();
        examples = AccuracyCase.inMemory(RealNetwork.RESNET8.calibration());
        ZooCompilation compiled = ZooCompilation.withoutKernels(new ResNet8());
        Path weights = folder.resolve("planted.safetensors");
        WeightsOutput.write(planted(compiled), weights);
        ZooBuild build = new ZooBuild(folder.resolve("classes"), compiled);
        plan = build.plan();
        CalibrationTable table = build.calibrate(
                weights, RangeRule.naive(), RealNetwork.RESNET8.calibration().first(examples.size()));
        parts = new BuiltParts(Safetensors.open(weights), table, Optional.empty());
        exact = new AccuracyMeasurement(plan, images, THREADS).floats(parts);
    }

    private static Map<Weight, float[]> planted(ZooCompilation compiled) {
        Safetensors file = Safetensors.open(RealNetwork.RESNET8.weights());
        Map<Weight, float[]> tensors = new LinkedHashMap<>();
        for (Weight weight : TracedWeights.of(compiled.trace())) {
            float[] values = file.read(weight.key());
            if (weight.key().equals("bn1.weight") || weight.key().equals("bn1.bias")) {
                values[CHANNEL] *= FACTOR;
            } else if (weight.key().equals("conv2.weight")) {
                divide(values, weight);
            }
            tensors.put(weight, values);
        }
        return tensors;
    }

    /** What reads the channel, of weights [out, in, row, column]. */
    private static void divide(float[] values, Weight weight) {
        int taps = weight.shape().get(2) * weight.shape().get(3);
        int in = weight.shape().get(1);
        for (int i = 0; i < values.length; i++) {
            values[i] /= i / taps % in == CHANNEL ? FACTOR : 1;
        }
    }

    private double lost(BuiltParts some) {
        Scores found = new AccuracyMeasurement(plan, images, THREADS).integers(some);
        return 100 * (exact.top1(labels) - found.top1(labels));
    }

    @Test
    void isFoundAndRepaired() {
        assertThat(100 * exact.top1(labels))
                .isEqualTo(RealNetwork.RESNET8.top1().orElseThrow());
        double naive = lost(parts);
        assertThat(naive).isGreaterThan(5);

        Definition definition = Definition.of(plan, new ResNet8());
        PrecisionSearch search =
                new PrecisionSearch(definition, parts, new Bound(Bound.Kind.POINTS, REPAIRED), 60, 64, THREADS);
        PrecisionSearch.Result result = search.run(images, Optional.of(labels), System.out::println);
        System.out.printf(
                "naive loses %.2f points; in FP32 %s: %.2f, %d evaluations%n",
                naive, result.layers(), result.after(), result.evaluations());
        assertThat(result.ranking().orElseThrow().layers().get(0).layer()).isEqualTo("conv1");
        assertThat(result.layers()).contains("conv1").hasSizeLessThanOrEqualTo(3);
        assertThat(result.after()).isLessThanOrEqualTo(REPAIRED);

        WeightCorrection.Result equalised = new WeightCorrection(true, BiasMeans.NONE, THREADS)
                .run(plan, parts.tensors(), parts.table(), examples, n -> {});
        int[] exponents = equalised.corrections().exponents().get("conv1");
        int others = IntStream.range(0, exponents.length)
                .filter(c -> c != CHANNEL)
                .map(c -> exponents[c])
                .min()
                .orElseThrow();
        assertThat(others - exponents[CHANNEL]).isGreaterThanOrEqualTo(4);
        double after = lost(new BuiltParts(parts.tensors(), equalised.table(), Optional.of(equalised.corrections())));
        System.out.printf("equalised alone loses %.2f points%n", after);
        assertThat(after).isLessThanOrEqualTo(REPAIRED);
    }
}
