package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which runs are recorded, which recordings are kept, and what is left when one fails. */
class RecordedRunsTest {
    private static final int BATCH = RecordedRuns.MOST + 3;
    private static final int PIXELS = TinyNetwork.PIXELS;

    private final FakeDriver driver = TinyNetwork.driver(90);
    private final byte[] pixels = new byte[BATCH * PIXELS];
    private CudaDevice device;
    private DeviceNetwork network;
    private DeviceSession session;
    private int before;

    @BeforeEach
    void load() {
        new Random(12).nextBytes(pixels);
        device = CudaDeviceProvider.open(driver, 0);
        network = device.load(TinyNetwork.image(plan()));
        session = network.newSession(new SessionRequest(BATCH, false));
        before = driver.live.size();
    }

    @AfterEach
    void leavesNothing() {
        device.close();
        assertThat(driver.live).isEmpty();
        assertThat(driver.isRecording()).isFalse();
    }

    /** The tiny network for more images than a session keeps recordings. */
    private static Plan plan() {
        LaunchProgram few = TinyNetwork.program(List.of(TinyNetwork.QUANTIZE, TinyNetwork.DEQUANTIZE));
        LaunchProgram many =
                new LaunchProgram(few.target(), 1, BATCH, few.buffers(), few.arenaBytesPerImage(), few.steps());
        Plan plan = TinyNetwork.plan(List.of(many));
        return new Plan(
                plan.network(), BATCH, plan.inputs(), plan.outputs(), plan.fp32(), plan.int8(), plan.programs());
    }

    private void run(int n) {
        float[] results = new float[n * PIXELS];
        session.run(n, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.wrap(results)));
        for (int i = 0; i < results.length; i++) {
            assertThat(results[i]).isEqualTo(TinyNetwork.quantized(pixels[i] & 0xff) * TinyNetwork.STEP);
        }
    }

    private int recordings() {
        return driver.live.size() - before;
    }

    private static void assertFails(CudaCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    @Test
    void recordsEachNumberOfImagesOnce() {
        for (int n : new int[] {3, 1, 3, 3, 1}) {
            new Random(n).nextBytes(pixels);
            run(n);
        }
        assertThat(recordings()).isEqualTo(2);
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 5x1 of 32",
                        "dequantize_k 3x2 of 64",
                        "graph",
                        "quantize_k 2x1 of 32",
                        "dequantize_k 1x2 of 64",
                        "graph",
                        "graph",
                        "graph",
                        "graph");
    }

    @Test
    void keepsTheLatest() {
        for (int n = 1; n <= RecordedRuns.MOST; n++) {
            run(n);
        }
        run(1);
        run(RecordedRuns.MOST + 1);
        run(RecordedRuns.MOST + 2);
        assertThat(recordings()).isEqualTo(RecordedRuns.MOST);

        driver.launches.clear();
        run(1);
        run(4);
        assertThat(driver.launches).as("1 and 4 are kept").containsExactly("graph", "graph");
        run(2);
        assertThat(driver.launches).as("2 was the oldest").hasSize(5);
    }

    @Test
    void recordsNothingForASessionThatKeepsValues() {
        try (DeviceSession kept = network.newSession(new SessionRequest(2, true))) {
            int held = driver.live.size();
            kept.run(2, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(2 * PIXELS)));
            assertThat(driver.live).hasSize(held);
        }
        assertThat(driver.launches).doesNotContain("graph");
    }

    @Test
    void freesTheRecordingsWithTheSession() {
        run(1);
        run(2);
        try (DeviceSession other = network.newSession(new SessionRequest(1, false))) {
            int held = driver.live.size();
            session.close();
            assertThat(held - driver.live.size())
                    .as("arena, stream, two buffers, two recordings")
                    .isEqualTo(6);
            other.run(1, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(PIXELS)));
        }
    }

    /** Whatever call fails, the stream records no more, nothing is left, and the next run is right. */
    @ParameterizedTest
    @CsvSource({
        "record, 900, RUN",
        "uploadAsync, 1, RUN",
        "launch, 701, LAUNCH",
        "downloadAsync, 1, RUN",
        "instantiate, 901, RUN"
    })
    void leavesNothingOfARecordingThatFails(String call, int result, CudaCode code) {
        driver.failNext(call, result);
        assertFails(code, () -> run(2), "error " + result, code == CudaCode.RUN ? "keepValues" : "quantize_k");
        assertThat(recordings()).isZero();
        assertThat(driver.isRecording()).isFalse();
        run(2);
    }

    @Test
    void saysWhatAFailingGraphBelongsTo() {
        run(2);
        driver.failNext("launchGraph", 701);
        assertFails(CudaCode.RUN, () -> run(2), "A run of test.Tiny failed on cuda:0", "701", "keepValues");
        run(2);
        driver.failNext("synchronize", 702);
        assertFails(CudaCode.RUN, () -> run(2), "702");
        assertFails(CudaCode.LOST, () -> run(2), "702");
        session.close();
        network.close();
        driver.live.clear();
    }

    @ParameterizedTest
    @CsvSource({"instantiate, false", "launchGraph, false", "launchGraph, true"})
    void saysThatThereIsNoMemoryForARecording(String call, boolean thenMemoryFailsToo) {
        driver.failNext(call, DriverException.OUT_OF_MEMORY);
        if (thenMemoryFailsToo) {
            driver.failNext("memory", 999);
        }
        assertFails(
                CudaCode.OUT_OF_MEMORY,
                () -> run(3),
                "the recorded launches of test.Tiny for 3 images",
                thenMemoryFailsToo ? "an unknown amount (error 999" : "of 80.0 GiB free");
        run(3);
    }
}
