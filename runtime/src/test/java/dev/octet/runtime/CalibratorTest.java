package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
}
