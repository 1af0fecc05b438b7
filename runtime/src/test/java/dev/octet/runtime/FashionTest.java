package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.calibrate.RangeRule;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained network on real images: accuracy in FP32 and after calibration. */
class FashionTest {
    private static final int BATCH = 100;
    private static final int CLASSES = 10;

    @TempDir
    Path folder;

    /** 91.39 %; the contract defines every bit of it. */
    @Test
    void floatsAreAsAccurateAsTheTrainingSays() {
        FashionData data = FashionData.open();
        SampleNetwork sample = new SampleNetwork(SampleNetwork.fashion(BATCH), folder).writePlan();
        Options options = Options.onDevice("cpu").precision(Precision.FP32).weights(FashionData.weights());
        try (Network network = Network.open(sample.spec(), options)) {
            assertThat(correct(network, data, data.count())).isEqualTo(9139);
        }
    }

    @Test
    void bytesLoseLittleAfterEntropyCalibration() {
        losesLittle(RangeRule.entropy());
    }

    @Test
    void bytesLoseLittleAfterNaiveCalibration() {
        losesLittle(RangeRule.naive());
    }

    /** Calibrates on the last 500 test images and compares on the first 1,000. */
    private void losesLittle(RangeRule rule) {
        FashionData data = FashionData.open();
        SampleNetwork sample = new SampleNetwork(SampleNetwork.fashion(BATCH), folder).writePlan();
        CalibrationTable table = Calibrator.of(sample.spec(), FashionData.weights())
                .mode(rule)
                .run(IntStream.range(data.count() - 500, data.count()).mapToObj(data::image));
        assertThat(table.examples()).isEqualTo(500);
        sample.writeWeights(FashionData.weights()).writeTable(table);
        try (Network bytes = Network.open(sample.spec(), Options.onDevice("cpu"));
                Network floats = Network.open(
                        sample.spec(),
                        Options.onDevice("cpu").precision(Precision.FP32).weights(FashionData.weights()))) {
            int quantised = correct(bytes, data, 1000);
            int exact = correct(floats, data, 1000);
            assertThat(exact).isGreaterThan(920);
            assertThat(exact - quantised)
                    .as("%s: lost of %d", rule.name(), exact)
                    .isLessThanOrEqualTo(5);
        }
    }

    private static int correct(Network network, FashionData data, int images) {
        ByteBuffer in = ByteBuffer.wrap(data.images());
        FloatBuffer out = FloatBuffer.allocate(images * CLASSES);
        for (int i = 0; i < images; i += BATCH) {
            in.position(i * 28 * 28);
            out.position(i * CLASSES);
            network.runBatch(BATCH, in, out);
        }
        return (int) IntStream.range(0, images)
                .filter(i -> best(out, i) == data.label(i))
                .count();
    }

    private static int best(FloatBuffer scores, int image) {
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
            if (scores.get(image * CLASSES + c) > scores.get(image * CLASSES + best)) {
                best = c;
            }
        }
        return best;
    }
}
