package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.calibrate.RangeRule;
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

/** What INT8 costs in accuracy: trained networks, calibrated on training images and evaluated on others. */
@Tag("shared-slow")
class Int8AccuracyTest {
    private static final int BATCH = 16;
    private static final double MOST_LOST = 2;
    private static final double LEAST_AGREEMENT = 92;

    @ParameterizedTest
    @EnumSource
    void isNearlyAsGoodAsFloat(RealNetwork network, @TempDir Path folder) throws IOException {
        LabelledImages images = network.evaluation();
        CpuFloats floats = new CpuFloats(network.definition(), network.weights(), folder.resolve("floats"));
        List<Integer> expected;
        try (Network opened = floats.open(BATCH)) {
            expected = classes(opened, images);
        }
        double top1 = share(expected, IntStream.of(images.labels()).boxed().toList());
        ZooBuild build = new ZooBuild(folder.resolve("integers"), ZooCompilation.withoutKernels(network.definition()));
        for (RangeRule rule : List.of(RangeRule.naive(), RangeRule.entropy())) {
            LabelledImages examples = network.calibration();
            CalibrationTable table = build.calibrate(network.weights(), rule, examples.first(examples.size()));
            List<Integer> found = classes(build, network.weights(), table, folder, images);
            double quantised =
                    share(found, IntStream.of(images.labels()).boxed().toList());
            double agreement = share(found, expected);
            System.out.printf(
                    "%-28s %4d images, calibrated on %d: FP32 %.2f %%, INT8 %s %.2f %%, agreement %.2f %%%n",
                    network, images.size(), table.examples(), top1, rule.name(), quantised, agreement);
            assertThat(quantised).as(rule.name()).isGreaterThanOrEqualTo(top1 - MOST_LOST);
            assertThat(agreement).as(rule.name()).isGreaterThanOrEqualTo(LEAST_AGREEMENT);
        }
    }

    private static List<Integer> classes(
            ZooBuild build, Path weights, CalibrationTable table, Path folder, LabelledImages images)
            throws IOException {
        Path file = Files.writeString(folder.resolve("calibration"), table.write());
        Options options =
                Options.onDevice("cpu").weights(weights).calibration(file).maxBatch(BATCH);
        try (Network opened = Network.open(build.spec(), options)) {
            return classes(opened, images);
        }
    }

    private static List<Integer> classes(Network network, LabelledImages images) {
        List<Integer> classes = new ArrayList<>();
        for (int from = 0; from < images.size(); from += BATCH) {
            int to = Math.min(images.size(), from + BATCH);
            for (float[] scores : Logits.of(
                    network, IntStream.range(from, to).mapToObj(images.image()).toList())) {
                classes.add(Logits.best(scores));
            }
        }
        return classes;
    }

    /** Per cent of equal elements. */
    private static double share(List<Integer> found, List<Integer> expected) {
        int equal = 0;
        for (int i = 0; i < expected.size(); i++) {
            equal += found.get(i).equals(expected.get(i)) ? 1 : 0;
        }
        return 100.0 * equal / expected.size();
    }
}
