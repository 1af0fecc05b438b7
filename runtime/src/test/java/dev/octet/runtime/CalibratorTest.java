package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.table.PrecisionCode;
import dev.octet.plan.table.ValueHistogram;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.diag.RuntimeCode;
import dev.octet.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibratorTest {
    @TempDir
    Path folder;

    private Plan plan;
    private SampleNetwork sample;
    private Path weights;

    @BeforeEach
    void build() {
        plan = SmallDefinition.plan(2);
        sample = new SampleNetwork(plan, folder).writePlan();
        weights = TensorFile.write(plan.fp32(), 3, folder.resolve("small.safetensors"));
    }

    private Calibrator calibrator() {
        return Calibrator.of(sample.spec(), weights);
    }

    private static byte[] image(int seed) {
        byte[] image = new byte[3 * 12 * 11];
        new Random(seed).nextBytes(image);
        return image;
    }

    private static List<byte[]> images(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(CalibratorTest::image).toList());
    }

    @Test
    void everyTracedValueHasARangeAndTheTableItsOrigin() {
        CalibrationTable table = calibrator().run(images(9).iterator());
        assertThat(table.amax().keySet())
                .containsExactlyInAnyOrderElementsOf(plan.fp32().nodes().stream()
                        .filter(node -> !(node.op() instanceof Op.Output))
                        .map(Node::name)
                        .toList());
        plan.int8().nodes().forEach(node -> node.type().scale().ifPresent(table::amax));
        assertThat(table.algorithm()).isEqualTo("entropy");
        assertThat(table.examples()).isEqualTo(9);
        table.check(
                SampleNetwork.NAME,
                GraphText.topologyHash(plan.fp32()),
                Safetensors.open(weights).sha256());
    }

    @Test
    void naiveRangesAreThoseOfTheFloatNetwork() {
        CalibrationTable table =
                calibrator().mode(RangeRule.naive()).run(images(5).iterator());
        float largest = 0;
        Options options = Options.onDevice("cpu")
                .precision(Precision.FP32)
                .weights(weights)
                .keepValues(true);
        try (Network network = Network.open(sample.spec(), options);
                Session session = network.newSession()) {
            for (byte[] image : images(5)) {
                session.input("image").put(image);
                session.run(1);
                byte[] value = session.value("act1").bytes();
                for (int i = 0; i < value.length; i += 4) {
                    float element = ByteBuffer.wrap(value)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getFloat(i);
                    largest = Math.max(largest, element);
                }
            }
        }
        assertThat(largest).isPositive();
        assertThat(table.amax("act1")).isEqualTo(largest);
        assertThat(table.amax("image"))
                .isEqualTo(plan.inputs().get(0).image().orElseThrow().value(0, 255));
    }

    @Test
    void theOrderOfImagesDoesNotMatter() {
        List<byte[]> images = images(30);
        String table = calibrator().run(images.iterator()).write();
        Collections.shuffle(images, new Random(1));
        assertThat(calibrator().run(images.stream()).write()).isEqualTo(table);
    }

    @Test
    void noMoreImagesAreReadThanWanted() {
        AtomicInteger read = new AtomicInteger();
        List<String> progress = new ArrayList<>();
        CalibrationTable table = calibrator()
                .examples(11)
                .progress((done, most) -> progress.add(done + "/" + most))
                .run(Stream.generate(() -> image(read.getAndIncrement())));
        assertThat(table.examples()).isEqualTo(11);
        assertThat(read).hasValue(11);
        assertThat(progress).containsExactly("8/11", "11/11");
    }

    @Test
    void aStreamIsClosed() {
        AtomicInteger closed = new AtomicInteger();
        calibrator().run(Stream.of(image(1)).onClose(closed::incrementAndGet));
        assertThat(closed).hasValue(1);
    }

    /** A bias near the largest float: each pixel is finite, their sum is not. */
    @Test
    void activationsThatOverflowAreNamed() throws Exception {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int firstBias = 8 + (int) file.getLong(0);
        Files.write(weights, file.putFloat(firstBias, 3e38f).array());
        assertThatThrownBy(() -> calibrator().run(images(2).iterator()))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.NOT_FINITE))
                .hasMessageContaining("'mean'");
    }

    @Test
    void oneMeasurementGivesTheTableOfEveryRule() {
        MeasuredValues measured = calibrator().measure(images(9).iterator());
        for (RangeRule rule : RangeRule.all()) {
            CalibrationTable alone = calibrator().mode(rule).run(images(9).iterator());
            assertThat(measured.table(rule)).isEqualTo(alone);
            assertThat(alone.algorithm()).isEqualTo(rule.name());
        }
    }

    @Test
    void neitherThreadsNorTheBatchMatter() {
        List<byte[]> images = images(13);
        String expected = everything(calibrator().threads(1).batch(1).measure(images.iterator()));
        int[][] cases = {{1, 5}, {2, 13}, {3, 2}, {7, 16}};
        for (int[] of : cases) {
            MeasuredValues measured = calibrator().threads(of[0]).batch(of[1]).measure(images.iterator());
            assertThat(everything(measured))
                    .as("%d threads, batch %d", of[0], of[1])
                    .isEqualTo(expected);
        }
    }

    private static String everything(MeasuredValues measured) {
        return measured.histograms(List.of(RangeRule.entropy(), RangeRule.mse()))
                .write();
    }

    @Test
    void histogramsHaveTheRangesOfTheTables() {
        MeasuredValues measured = calibrator().measure(images(4).iterator());
        HistogramTable histograms = measured.histograms(List.of(RangeRule.mse(), RangeRule.naive()));
        assertThat(HistogramTable.read(histograms.write(), "histograms")).isEqualTo(histograms);
        assertThat(histograms.algorithms()).containsExactly("mse", "naive");
        assertThat(histograms.values().keySet())
                .isEqualTo(measured.table(RangeRule.naive()).amax().keySet());
        histograms
                .values()
                .forEach((value, seen) -> assertThat(seen.ranges())
                        .as(value)
                        .containsExactly(
                                measured.table(RangeRule.mse()).amax(value),
                                measured.table(RangeRule.naive()).amax(value)));
        ValueHistogram image = histograms.values().get("image");
        assertThat(image.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(4 * 3 * 12 * 11);
        assertThat(image.negative().stream().mapToLong(Long::longValue).sum()).isPositive();
        assertThat(histograms.values().get("act1").steps()).isEqualTo(255);
    }

    @Test
    void aRuleCanBeForSomeValues() {
        RangeRule half = RangeRule.percentile(50);
        CalibrationTable all = calibrator().mode(half).run(images(4).iterator());
        CalibrationTable naive =
                calibrator().mode(RangeRule.naive()).run(images(4).iterator());
        CalibrationTable some =
                calibrator().mode(half).layers("act1"::equals).run(images(4).iterator());
        assertThat(some.algorithm()).isEqualTo("percentile-50+naive");
        some.amax()
                .forEach((value, range) -> assertThat(range)
                        .as(value)
                        .isEqualTo(value.equals("act1") ? all.amax(value) : naive.amax(value)));
        assertThat(all.amax("act1")).isLessThan(naive.amax("act1"));
    }

    @Test
    void excludedLayersAreListedForTheCompiler() {
        MeasuredValues measured =
                calibrator().excluding(Set.of("fc", "act1")).measure(images(2).iterator());
        assertThat(measured.precision().write())
                .isEqualTo("octet-precision 1.0\nnetwork " + SampleNetwork.NAME + "\ngraph "
                        + GraphText.topologyHash(plan.fp32()) + "\nact1\nfc\n");
        assertThat(measured.table(RangeRule.entropy()))
                .isEqualTo(calibrator().run(images(2).iterator()));
        assertThatThrownBy(() ->
                        calibrator().excluding(Set.of("fcc")).run(images(2).iterator()))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(PrecisionCode.UNKNOWN))
                .hasMessageContaining("Did you mean 'fc'?");
    }

    @Test
    void devicesWithoutFloatsAreRefused() {
        assertThat(calibrator().device("best").run(images(2).iterator()))
                .isEqualTo(calibrator().device("cpu").run(images(2).iterator()));
        assertThatThrownBy(() -> calibrator().device("npu").run(images(2).iterator()))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.NO_DEVICE));
    }

    /** A float program that an earlier build left, of another definition, keeps nobody from calibrating. */
    @Test
    void bestIsTheCpuWhereTheFloatProgramIsOfAnotherDefinition() throws Exception {
        CalibrationTable expected = calibrator().run(images(3).iterator());
        Plan other = SmallDefinition.plan(plan.maxBatch() + 1);
        Path stale = folder.resolve(ResourcePaths.floats(SampleNetwork.NAME));
        Files.write(stale, PlanText.write(other));
        try (CapturedLog log = new CapturedLog(CalibratedFloats.class.getName())) {
            MeasuredValues measured =
                    calibrator().device("best").measure(images(3).iterator());
            assertThat(measured.table(RangeRule.entropy())).isEqualTo(expected);
            assertThat(measured.device()).isEqualTo("cpu");
            assertThat(log.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage())
                            .startsWith("com.acme.Sample is calibrated on cpu. [OCTET-RUN-036]"));
        }
        calibrator().device("cpu").run(images(3).iterator());
    }
}
