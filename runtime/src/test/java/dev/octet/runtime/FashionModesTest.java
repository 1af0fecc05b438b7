package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.runtime.calibrate.RangeRule;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mode on a trained network and real images, from one pass over them. */
class FashionModesTest {
    private static final int BATCH = 100;
    private static final int CLASSES = 10;
    private static final int IMAGES = 1000;

    @TempDir
    Path folder;

    private FashionData data;
    private SampleNetwork sample;

    @BeforeEach
    void build() {
        data = FashionData.open();
        sample = new SampleNetwork(SampleNetwork.fashion(BATCH), folder).writePlan();
        sample.writeWeights(FashionData.weights());
    }

    /** What is published for TensorRT fails on images with a constant background: the reason for the default's rule. */
    @Test
    void allButThePublishedEntropyLoseLittle() {
        MeasuredValues measured = Calibrator.of(sample.spec(), FashionData.weights())
                .measure(IntStream.range(data.count() - 500, data.count()).mapToObj(data::image));
        int exact = correct(Options.onDevice("cpu").precision(Precision.FP32).weights(FashionData.weights()));
        Map<String, Integer> lost = new TreeMap<>();
        for (RangeRule rule : RangeRule.all()) {
            sample.writeTable(measured.table(rule));
            lost.put(rule.name(), exact - correct(Options.onDevice("cpu")));
        }
        lost.put("per batch", exact - correct(Options.onDevice("cpu").ranges(RangeSource.PER_BATCH)));
        System.out.println("Lost of " + exact + " correct of " + IMAGES + ": " + lost);
        int published = lost.remove("entropy-tensorrt");
        assertThat(published).isGreaterThan(20);
        assertThat(lost.values()).as("%s", lost).allMatch(images -> images <= 5);
    }

    private int correct(Options options) {
        FloatBuffer out = FloatBuffer.allocate(IMAGES * CLASSES);
        try (Network network = Network.open(sample.spec(), options)) {
            for (int i = 0; i < IMAGES; i += BATCH) {
                ByteBuffer in = ByteBuffer.wrap(data.images()).position(i * 28 * 28);
                network.runBatch(BATCH, in, out.duplicate().position(i * CLASSES));
            }
        }
        return (int) IntStream.range(0, IMAGES)
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
