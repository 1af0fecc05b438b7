package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator.Example;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with several inputs and outputs: every way to pass buffers gives the same results, and wrong ones are refused. */
class SeveralPortsTest {
    private static final int PIXELS = 3 * 8 * 6;
    private static final int META = 8;
    private static final int DEPTH = 2 * 4 * 3;
    private static final int LOGITS = 5;
    private static final int BOXES = 4 * 4 * 3;
    private static final int BATCH = 4;
    private static final long SEED = 11;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private Path weights;
    private SampleNetwork sample;
    private CalibrationTable table;

    /** The second and third inputs are used when values before them are gone. */
    private static void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 6, Kernel.kernel(3).pad(1))
                .relu()
                .conv2d("conv2", 6, Kernel.kernel(3).stride(2).pad(1))
                .relu();
        Tensor depth =
                net.input("depth").conv2d("depth1", 6, Kernel.kernel(3).pad(1).bias());
        x = depth.add(x).relu();
        Tensor meta = net.input("meta").dense("meta1", 7).relu();
        Tensor y = x.globalAvgPool().dense("fc1", 7).add(meta).relu();
        net.output("logits", y.dense("fc2", LOGITS));
        net.output("boxes", x.conv2d("boxes1", 4, Kernel.kernel(1).bias()));
    }

    private static Plan plan() {
        return SampleNetwork.compile(
                SeveralPortsTest::define,
                BATCH,
                List.of(
                        SampleNetwork.image(3, 8, 6),
                        SampleNetwork.floats("meta", META),
                        SampleNetwork.floats("depth", 2, 4, 3)),
                List.of(SampleNetwork.floats("logits", LOGITS), SampleNetwork.floats("boxes", 4, 4, 3)));
    }

    @BeforeEach
    void build() {
        sample = new SampleNetwork(plan(), folder).writePlan();
        weights = TensorFile.write(sample.plan().fp32(), SEED, folder.resolve("net.safetensors"));
        sample.writeWeights(weights);
        table = Calibrator.of(sample.spec(), weights)
                .mode(RangeRule.naive())
                .runExamples(IntStream.range(0, 20).mapToObj(i -> new Example(example())));
        sample.writeTable(table);
    }

    private List<Buffer> example() {
        byte[] image = new byte[PIXELS];
        random.nextBytes(image);
        return List.of(ByteBuffer.wrap(image), floats(META), floats(DEPTH));
    }

    private FloatBuffer floats(int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return FloatBuffer.wrap(floats);
    }

    private Network open(Options options) {
        return Network.open(sample.spec(), options.weights(weights));
    }

    @Test
    void everyInputIsCalibrated() {
        assertThat(table.examples()).isEqualTo(20);
        assertThat(table.amax("meta")).isBetween(2f, 5f);
        assertThat(table.amax("depth")).isBetween(2f, 5f);
        assertThat(table.amax("image")).isBetween(0.999f, 1.001f);
    }

    @Test
    void everyWayToRunGivesTheSame() {
        for (Precision precision : Precision.values()) {
            try (Network network = open(Options.onDevice("cpu").precision(precision));
                    Session session = network.newSession()) {
                List<List<Buffer>> examples =
                        IntStream.range(0, BATCH).mapToObj(i -> example()).toList();
                float[] logits = new float[BATCH * LOGITS];
                float[] boxes = new float[BATCH * BOXES];
                for (int i = 0; i < BATCH; i++) {
                    List<float[]> results = network.run(examples.get(i));
                    assertThat(results).extracting(r -> r.length).containsExactly(LOGITS, BOXES);
                    System.arraycopy(results.get(0), 0, logits, i * LOGITS, LOGITS);
                    System.arraycopy(results.get(1), 0, boxes, i * BOXES, BOXES);
                }
                assertThat(Arrays.copyOf(logits, LOGITS)).isNotEqualTo(Arrays.copyOfRange(logits, LOGITS, 2 * LOGITS));

                ByteBuffer images = joined(examples);
                FloatBuffer metas = joined(examples, 1, META, ByteOrder.BIG_ENDIAN);
                FloatBuffer depths = joined(examples, 2, DEPTH, ByteOrder.nativeOrder());
                FloatBuffer foundLogits =
                        FloatBuffer.allocate(logits.length + 2).position(2);
                FloatBuffer foundBoxes = FloatBuffer.allocate(boxes.length);
                network.runBatch(BATCH, List.of(images, metas, depths), List.of(foundLogits, foundBoxes));
                assertThat(foundLogits.position()).isEqualTo(2);
                assertThat(metas.position()).isEqualTo(1);
                assertThat(Arrays.copyOfRange(foundLogits.array(), 2, logits.length + 2))
                        .isEqualTo(logits);
                assertThat(foundBoxes.array()).isEqualTo(boxes);

                session.input("image").put(images.duplicate());
                session.floatInput("meta").put(metas.duplicate());
                session.floatInput("depth").put(depths.duplicate());
                session.run(BATCH);
                assertThat(rest(session.output("logits"), logits.length)).isEqualTo(logits);
                assertThat(rest(session.output("boxes"), boxes.length)).isEqualTo(boxes);
            }
        }
    }

    private static ByteBuffer joined(List<List<Buffer>> examples) {
        ByteBuffer images = ByteBuffer.allocateDirect(BATCH * PIXELS);
        examples.forEach(inputs -> images.put(((ByteBuffer) inputs.get(0)).duplicate()));
        return images.flip();
    }

    /** From position 1, in any order of bytes. */
    private static FloatBuffer joined(List<List<Buffer>> examples, int input, int size, ByteOrder order) {
        FloatBuffer floats = ByteBuffer.allocateDirect((BATCH * size + 1) * Float.BYTES)
                .order(order)
                .asFloatBuffer()
                .position(1);
        examples.forEach(inputs -> floats.put(((FloatBuffer) inputs.get(input)).duplicate()));
        return floats.flip().position(1);
    }

    private static float[] rest(FloatBuffer buffer, int count) {
        float[] values = new float[count];
        buffer.get(values);
        return values;
    }

    /** Every input counts: other values of one alone change the result. */
    @Test
    void noInputIsTakenForAnother() {
        try (Network network = open(Options.onDevice("cpu"))) {
            List<Buffer> example = example();
            List<float[]> results = network.run(example);
            List<Buffer> other = example();
            for (int i = 0; i < 3; i++) {
                List<Buffer> mixed = new ArrayList<>(example);
                mixed.set(i, other.get(i));
                assertThat(network.run(mixed).get(0)).as("input %d", i).isNotEqualTo(results.get(0));
            }
        }
    }

    /** What is no number is zero in INT8, and infinities are the largest integers, so that no result is NaN. */
    @Test
    void anythingMayBeAFloat() {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0.5f, 1e-45f, 3e38f, 0};
        float range = table.amax("meta");
        float[] clamped = {0, range, -range, 0, 0.5f, 0, range, 0};
        try (Network network = open(Options.onDevice("cpu"))) {
            List<Buffer> inputs = example();
            List<float[]> found = network.run(List.of(inputs.get(0), FloatBuffer.wrap(special), inputs.get(2)));
            List<float[]> expected = network.run(List.of(inputs.get(0), FloatBuffer.wrap(clamped), inputs.get(2)));
            assertThat(found.get(0)).isEqualTo(expected.get(0));
        }
    }

    private static void fails(RuntimeCode code, String text, ThrowingCallable call) {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(text);
    }

    @Test
    void wrongBuffersAreRefused() {
        try (Network network = open(Options.onDevice("cpu"));
                Session session = network.newSession()) {
            List<Buffer> right = example();
            List<FloatBuffer> results = List.of(FloatBuffer.allocate(LOGITS), FloatBuffer.allocate(BOXES));
            fails(
                    RuntimeCode.PORT_COUNT,
                    "3 inputs (image, meta, depth), but got 1",
                    () -> network.run(right.subList(0, 1)));
            fails(RuntimeCode.PORT_COUNT, "2 outputs", () -> network.runBatch(1, right, results.subList(0, 1)));
            fails(
                    RuntimeCode.INPUT_KIND,
                    "'meta' of com.acme.Sample is floats",
                    () -> network.run(List.of(right.get(0), right.get(0), right.get(2))));
            fails(RuntimeCode.INPUT_KIND, "'meta'", () -> session.input("meta"));
            fails(RuntimeCode.INPUT_KIND, "'image' of com.acme.Sample is an image", () -> session.floatInput("image"));
            fails(RuntimeCode.NO_PORT, "image, meta, depth", () -> session.floatInput("height"));
            fails(
                    RuntimeCode.INPUT_SIZE,
                    "needs 8 floats for a batch of 1 with shape [8] (channels, rows, columns), got 9",
                    () -> network.run(List.of(right.get(0), floats(META + 1), right.get(2))));
            fails(RuntimeCode.INPUT_SIZE, "'image' needs 288 bytes", () -> network.runBatch(2, right, results));
            fails(
                    RuntimeCode.OUTPUT_SIZE,
                    "'boxes'",
                    () -> network.runBatch(1, right, List.of(FloatBuffer.allocate(LOGITS), FloatBuffer.allocate(1))));
            fails(RuntimeCode.PORTS, "image, meta, depth", () -> network.run(new byte[PIXELS]));
            fails(
                    RuntimeCode.PORTS,
                    "image, meta, depth",
                    () -> network.runBatch(1, ByteBuffer.allocate(PIXELS), FloatBuffer.allocate(9)));
            assertThat(network.run(right)).as("after all that").hasSize(2);
        }
    }

    @Test
    void examplesOfTheWrongSizeAreNamed() {
        Calibrator calibrator = Calibrator.of(sample.spec(), weights);
        List<Buffer> right = example();
        fails(
                RuntimeCode.EXAMPLE_SIZE,
                "Calibration image 1 does not fit com.acme.Sample: [OCTET-RUN-012] Input 'depth'",
                () -> calibrator.runExamples(
                        Stream.of(new Example(right), Example.of(right.get(0), right.get(1), floats(DEPTH - 1)))));
        fails(RuntimeCode.PORTS, "image, meta, depth", () -> calibrator.run(Stream.of(new byte[PIXELS])));
        FloatBuffer infinite = FloatBuffer.allocate(META).put(0, Float.POSITIVE_INFINITY);
        fails(
                RuntimeCode.NOT_FINITE,
                "'meta'",
                () -> calibrator.runExamples(Stream.of(Example.of(right.get(0), infinite, right.get(2)))));
    }
}
