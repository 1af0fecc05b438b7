package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Networks as applications use them: from resources on the class path, from many threads, to the end. */
@Timeout(120)
class NetworkTest {
    private static final int MAX_BATCH = 6;
    private static final int SIZE = 3 * 12 * 11;

    @TempDir
    Path folder;

    private Path weights;
    private SampleNetwork sample;

    @BeforeEach
    void build() {
        sample = new SampleNetwork(SmallDefinition.plan(MAX_BATCH), folder).writePlan();
        weights = TensorFile.write(sample.plan().fp32(), 3, folder.resolve("small.safetensors"));
        sample.writeWeights(weights);
        sample.writeTable(Calibrator.of(sample.spec(), weights)
                .mode(RangeRule.naive())
                .run(Stream.iterate(0, i -> i < 20, i -> i + 1).map(NetworkTest::image)));
    }

    private static byte[] image(int seed) {
        byte[] image = new byte[SIZE];
        new Random(seed).nextBytes(image);
        return image;
    }

    private Network open(Options options) {
        return Network.open(sample.spec(), options);
    }

    @Test
    void bytesFollowFloats() {
        try (Network bytes = open(Options.onDevice("cpu"));
                Network floats =
                        open(Options.onDevice("cpu").precision(Precision.FP32).weights(weights))) {
            for (int i = 0; i < 20; i++) {
                float[] exact = floats.run(image(i));
                float[] quantised = bytes.run(image(i));
                for (int c = 0; c < 5; c++) {
                    assertThat(quantised[c]).isCloseTo(exact[c], org.assertj.core.data.Offset.offset(0.05f));
                }
            }
            assertThat(bytes.description()).startsWith("int8");
            assertThat(floats.description()).startsWith("fp32");
        }
    }

    @Test
    void weightsQuantisedAtLoadAreThoseOfTheBuild() {
        try (Network built = open(Options.onDevice("cpu"));
                Network loaded = open(Options.onDevice("cpu").weights(weights))) {
            assertThat(loaded.run(image(1))).isEqualTo(built.run(image(1)));
        }
    }

    @Test
    void batchesEqualSingleImagesInAnyKindOfBuffer() {
        try (Network network = open(Options.onDevice("cpu"))) {
            ByteBuffer in = ByteBuffer.allocateDirect(2 + MAX_BATCH * SIZE).position(2);
            for (int i = 0; i < MAX_BATCH; i++) {
                in.put(image(i));
            }
            in.position(2);
            FloatBuffer heap = FloatBuffer.allocate(1 + MAX_BATCH * 5).position(1);
            FloatBuffer direct = ByteBuffer.allocateDirect(MAX_BATCH * 20).asFloatBuffer();
            network.runBatch(MAX_BATCH, in, heap);
            network.runBatch(MAX_BATCH, in.asReadOnlyBuffer(), direct);
            assertThat(in.position()).isEqualTo(2);
            assertThat(heap.position()).isEqualTo(1);
            for (int i = 0; i < MAX_BATCH; i++) {
                float[] single = network.run(image(i));
                for (int c = 0; c < 5; c++) {
                    assertThat(heap.get(1 + i * 5 + c)).isEqualTo(single[c]);
                    assertThat(direct.get(i * 5 + c)).isEqualTo(single[c]);
                }
            }
            assertThat(heap.get(0)).isZero();
        }
    }

    @Test
    void manyThreadsGetTheSameBytes() throws Exception {
        float[][] expected = new float[8][];
        try (Network network = open(Options.onDevice("cpu").maxConcurrency(3))) {
            for (int i = 0; i < 8; i++) {
                expected[i] = network.run(image(i));
            }
            inThreads(8, thread -> {
                for (int run = 0; run < 200; run++) {
                    int i = (thread + run) % 8;
                    assertThat(network.run(image(i))).isEqualTo(expected[i]);
                }
            });
            assertThat(network.sessionCount()).isBetween(1, 3);
        }
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(int threads, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                Callable<Void> call = () -> {
                    work.run(thread);
                    return null;
                };
                futures.add(executor.submit(call));
            }
            for (Future<?> future : futures) {
                future.get(100, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void closingDuringRunsLetsThemEndAndRefusesLaterOnes() throws Exception {
        Network network = open(Options.onDevice("cpu").maxConcurrency(2));
        float[] expected = network.run(image(0));
        inThreads(5, thread -> {
            if (thread == 0) {
                Thread.sleep(30);
                network.close();
                return;
            }
            assertThatThrownBy(() -> {
                        while (true) {
                            assertThat(network.run(image(0))).isEqualTo(expected);
                        }
                    })
                    .isInstanceOfSatisfying(
                            OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.CLOSED));
        });
        assertThat(network.sessionCount()).isZero();
        network.close();
    }

    @Test
    void memoryGrowsWithSessionsAndShrinksWithThem() {
        try (Network network = open(Options.onDevice("cpu"))) {
            long weightsOnly = network.deviceBytes();
            try (Session session = network.newSession()) {
                assertThat(session.deviceBytes()).isGreaterThan((long) MAX_BATCH * SIZE);
                assertThat(network.deviceBytes()).isEqualTo(weightsOnly + session.deviceBytes());
                assertThat(network.sessionCount()).isEqualTo(1);
            }
            assertThat(network.deviceBytes()).isEqualTo(weightsOnly);
            network.run(image(0));
            assertThat(network.deviceBytes()).isGreaterThan(weightsOnly);
        }
    }

    @Test
    void aSessionRunsFromItsBuffersAndShowsValues() {
        try (Network network = open(Options.onDevice("cpu").keepValues(true).maxBatch(2));
                Session session = network.newSession()) {
            session.input("image").put(image(4)).put(image(5));
            session.run(2);
            float[] results = new float[10];
            session.output("logits").get(results);
            assertThat(java.util.Arrays.copyOf(results, 5)).isEqualTo(network.run(image(4)));
            Value value = session.value("act1");
            assertThat(value.images()).isEqualTo(2);
            assertThat(value.bytes()).hasSize(2 * 12 * 11 * 16);
            assertThat(value.at(1, 8, 11, 10)).isBetween(0f, 255f);
            assertThat(session.value("logits").at(0, 3, 0, 0)).isEqualTo(results[3]);
            assertCode(RuntimeCode.NO_VALUE, () -> session.value("conv9"));
            assertCode(RuntimeCode.NO_PORT, () -> session.input("picture"));
            assertCode(RuntimeCode.BATCH, () -> session.run(3));
        }
    }

    @Test
    void wrongArgumentsSayWhatIsExpected() {
        try (Network network = open(Options.onDevice("cpu"))) {
            assertCode(RuntimeCode.INPUT_SIZE, () -> network.run(new byte[SIZE - 1]))
                    .hasMessageContaining("396 bytes")
                    .hasMessageContaining("got 395");
            ByteBuffer in = ByteBuffer.allocate(SIZE * 2);
            FloatBuffer out = FloatBuffer.allocate(10);
            assertCode(RuntimeCode.INPUT_SIZE, () -> network.runBatch(3, in, FloatBuffer.allocate(15)));
            assertCode(RuntimeCode.OUTPUT_SIZE, () -> network.runBatch(2, in, out.asReadOnlyBuffer()))
                    .hasMessageContaining("read-only");
            assertCode(RuntimeCode.BATCH, () -> network.runBatch(0, in, out));
            assertCode(RuntimeCode.BATCH, () -> network.runBatch(MAX_BATCH + 1, in, out));
        }
        assertCode(RuntimeCode.BATCH, () -> open(Options.onDevice("cpu").maxBatch(MAX_BATCH + 1)));
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertCode(
            RuntimeCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
