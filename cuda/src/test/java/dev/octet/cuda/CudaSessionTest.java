package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.TimedRun;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CudaSessionTest {
    private static final int PIXELS = TinyNetwork.PIXELS;

    private final FakeDriver driver = TinyNetwork.driver(90);
    private final byte[] pixels = new byte[TinyNetwork.MAX_BATCH * PIXELS];
    private CudaDevice device;
    private DeviceNetwork network;

    @BeforeEach
    void load() {
        new Random(11).nextBytes(pixels);
        device = CudaDeviceProvider.open(driver, 0);
        network = device.load(TinyNetwork.image());
    }

    @AfterEach
    void leavesNothing() {
        device.close();
        assertThat(driver.live).isEmpty();
        assertThat(driver.isRecording()).isFalse();
    }

    private static void assertFails(CudaCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    private float[] expected(int n) {
        float[] results = new float[n * PIXELS];
        for (int i = 0; i < results.length; i++) {
            results[i] = TinyNetwork.quantized(pixels[i] & 0xff) * TinyNetwork.STEP;
        }
        return results;
    }

    private float[] run(DeviceSession session, int n) {
        float[] results = new float[n * PIXELS];
        session.run(n, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.wrap(results)));
        return results;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "5, 5, false", "5, 1, true", "5, 3, true", "4, 3, false"})
    void computesWhatTheKernelsCompute(int batch, int n, boolean keepValues) {
        try (DeviceSession session = network.newSession(new SessionRequest(batch, keepValues))) {
            assertThat(run(session, n)).containsExactly(expected(n));
        }
    }

    /** The host does the rest. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void ofASoftmaxHandsOutTheOperand(boolean keepValues) {
        try (DeviceNetwork odds = device.load(TinyNetwork.image(TinyNetwork.withSoftmax(TinyNetwork.plan())));
                DeviceSession session = odds.newSession(new SessionRequest(5, keepValues))) {
            assertThat(run(session, 3)).containsExactly(expected(3));
            if (keepValues) {
                assertThat(session.value(3)).isEqualTo(session.value(2));
            }
        }
    }

    private static Map<Integer, Constants> constants(int shift, float step) {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (TinyNetwork.quantized(i) / 2 + shift);
        }
        return Map.of(1, new Constants.PixelTable(table), 2, new Constants.Dequantize(step));
    }

    private float[] expected(int n, int shift, float step) {
        float[] results = new float[n * PIXELS];
        for (int i = 0; i < results.length; i++) {
            results[i] = (TinyNetwork.quantized(pixels[i] & 0xff) / 2 + shift) * step;
        }
        return results;
    }

    /** Recorded runs compute with what their session's memory holds when they are launched. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void sessionsCanHaveConstantsOfTheirOwn(boolean keepValues) {
        assertThat(network.hasSessionConstants()).isTrue();
        try (DeviceSession one = network.newSession(new SessionRequest(5, keepValues, true));
                DeviceSession other = network.newSession(new SessionRequest(3, keepValues, true));
                DeviceSession shared = network.newSession(new SessionRequest(3, keepValues))) {
            one.constants(constants(1, 2));
            other.constants(constants(-3, 0.25f));
            assertThat(run(one, 3)).containsExactly(expected(3, 1, 2));
            assertThat(run(other, 3)).containsExactly(expected(3, -3, 0.25f));
            one.constants(constants(7, 4));
            assertThat(run(one, 3)).containsExactly(expected(3, 7, 4));
            assertThat(run(one, 2)).containsExactly(expected(2, 7, 4));
            assertThat(run(shared, 3)).as("the network's").containsExactly(expected(3));
            assertThat(run(other, 3)).containsExactly(expected(3, -3, 0.25f));
            assertThat(one.deviceBytes() - keptOrShared(keepValues)).isEqualTo(2 * 256);
        }
    }

    private long keptOrShared(boolean keepValues) {
        try (DeviceSession session = network.newSession(new SessionRequest(5, keepValues))) {
            return session.deviceBytes();
        }
    }

    @Test
    void constantsThatDoNotFitAreRefused() {
        try (DeviceSession own = network.newSession(new SessionRequest(1, false, true));
                DeviceSession shared = network.newSession(new SessionRequest(1, false))) {
            assertThatThrownBy(() -> run(own, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> shared.constants(constants(1, 1))).isInstanceOf(IllegalStateException.class);
            own.constants(constants(2, 1));
            Map<Integer, Constants> few = Map.of(1, new Constants.PixelTable(new byte[256]));
            assertFails(
                    CudaCode.INCONSISTENT, () -> own.constants(few), "%2 has constants of 4 bytes, but is to get 0");
            Map<Integer, Constants> large =
                    Map.of(1, new Constants.PixelTable(new byte[512]), 2, new Constants.Dequantize(1));
            assertFails(CudaCode.INCONSISTENT, () -> own.constants(large), "256 bytes, but is to get 512");
            assertThat(run(own, 1)).containsExactly(expected(1, 2, 1));
            driver.failNext("upload", 999);
            assertFails(CudaCode.DRIVER, () -> own.constants(constants(3, 1)), "999");
        }
    }

    @Test
    void launchesTheGridOfTheBatch() {
        try (DeviceSession session = network.newSession(new SessionRequest(5, false))) {
            run(session, 3);
        }
        assertThat(driver.launches).containsExactly("quantize_k 5x1 of 32", "dequantize_k 3x2 of 64", "graph");
    }

    @Test
    void launchesNoMoreBlocksThanTheStepsLimit() {
        Step limited = withGeometry(TinyNetwork.QUANTIZE, new Geometry(PIXELS, 4, 1, 32, 0, 1, false, 3));
        LaunchProgram program = TinyNetwork.program(List.of(limited, TinyNetwork.DEQUANTIZE));
        try (DeviceNetwork other = device.load(TinyNetwork.image(TinyNetwork.plan(List.of(program))));
                DeviceSession session = other.newSession(new SessionRequest(5, false))) {
            run(session, 1);
            run(session, 5);
        }
        assertThat(driver.launches).contains("quantize_k 2x1 of 32", "quantize_k 3x1 of 32");
    }

    private static Step withGeometry(Step step, Geometry geometry) {
        return new Step(step.region(), step.kernel(), geometry, step.arguments(), step.tensorMaps(), step.workspace());
    }

    /** The driver of the tests counts a millisecond for each launch. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void timesEveryStep(boolean keepValues) {
        try (DeviceSession session = network.newSession(new SessionRequest(5, keepValues))) {
            float[] results = new float[3 * PIXELS];
            TimedRun run = session.runTimed(3, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.wrap(results)))
                    .orElseThrow();
            assertThat(results).containsExactly(expected(3));
            assertThat(run.target()).contains(TinyNetwork.program(List.of()).target());
            assertThat(run.steps())
                    .containsExactly(
                            new TimedRun.Step(List.of(1), Optional.of("quantize_k"), 1000),
                            new TimedRun.Step(List.of(2), Optional.of("dequantize_k"), 1000));
            assertThat(run(session, 3)).containsExactly(expected(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"newEvent", "record", "milliseconds"})
    void leavesNoEventsWhenTimingFails(String call) {
        try (DeviceSession session = network.newSession(new SessionRequest(1, false))) {
            run(session, 1);
            int before = driver.live.size();
            driver.failNext(call, 999);
            assertFails(
                    CudaCode.DRIVER,
                    () -> session.runTimed(1, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(PIXELS))),
                    "999");
            assertThat(driver.live).hasSize(before);
            assertThat(run(session, 1)).containsExactly(expected(1));
        }
    }

    @Test
    void takesBuffersOfAnyKindFromTheirPositions() {
        ByteBuffer in = ByteBuffer.allocateDirect(100)
                .put(3, pixels, 0, 12)
                .asReadOnlyBuffer()
                .position(3);
        FloatBuffer out = ByteBuffer.allocateDirect(4 * 20).asFloatBuffer().position(2);
        try (DeviceSession session = network.newSession(new SessionRequest(2, false))) {
            session.run(2, List.of(in), List.of(out));
        }
        assertThat(in.position()).isEqualTo(3);
        assertThat(out.position()).isEqualTo(2);
        float[] results = new float[12];
        out.get(2, results);
        assertThat(results).containsExactly(expected(2));
        assertThat(out.get(14)).isZero();
    }

    @Test
    void keepsEveryValueApart() {
        try (DeviceSession session = network.newSession(new SessionRequest(5, true))) {
            run(session, 2);
            assertThat(session.value(0)).hasSize(2 * PIXELS).startsWith(pixels[0], pixels[1]);
            assertThat(session.value(1)).hasSize(2 * PIXELS * 16);
            assertThat(session.value(1)[16]).isEqualTo(TinyNetwork.quantized(pixels[1] & 0xff));
            assertThat(session.value(3)).as("an output is its operand").isEqualTo(session.value(2));
        }
    }

    @Test
    void sharesMemoryOtherwise() {
        try (DeviceSession kept = network.newSession(new SessionRequest(4, true));
                DeviceSession shared = network.newSession(new SessionRequest(4, false))) {
            assertThat(shared.deviceBytes()).isEqualTo(4 * 512);
            assertThat(kept.deviceBytes()).isEqualTo(4 * (6 + 96 + 24));
        }
        assertThat(network.deviceBytes()).as("table and scale").isEqualTo(2 * 256);
    }

    @Test
    void saysWhyAValueCannotBeRead() {
        try (DeviceSession plain = network.newSession(new SessionRequest(1, false));
                DeviceSession kept = network.newSession(new SessionRequest(1, true))) {
            run(plain, 1);
            assertFails(CudaCode.VALUE, () -> plain.value(1), "does not keep values");
            assertFails(CudaCode.VALUE, () -> kept.value(1), "nothing has been run");
            run(kept, 1);
            assertFails(CudaCode.VALUE, () -> kept.value(9), "no such value");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4, Integer.MAX_VALUE})
    void refusesAnotherNumberOfImages(int n) {
        try (DeviceSession session = network.newSession(new SessionRequest(3, false))) {
            assertFails(
                    CudaCode.BATCH,
                    () -> session.run(n, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(6))),
                    "1 to 3 images at once, not " + n);
        }
    }

    @Test
    void refusesABatchBeyondThePlan() {
        assertFails(
                CudaCode.BATCH, () -> network.newSession(new SessionRequest(6, false)), "1 to 5 images at once, not 6");
    }

    @Test
    void refusesBuffersThatAreTooSmall() {
        try (DeviceSession session = network.newSession(new SessionRequest(3, false))) {
            List<ByteBuffer> in = List.of(ByteBuffer.allocate(2 * PIXELS - 1));
            List<FloatBuffer> out = List.of(FloatBuffer.allocate(2 * PIXELS));
            assertThatThrownBy(() -> session.run(2, in, out)).hasMessageContaining("image: 2 images take 12 bytes");
            assertThatThrownBy(
                            () -> session.run(2, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(11))))
                    .hasMessageContaining("out: 2 results take 12 floats");
            assertThatThrownBy(() -> session.run(1, List.of(), out)).hasMessageContaining("1 inputs and 1 outputs");
        }
    }

    @Test
    void namesTheKernelThatIsRefused() {
        try (DeviceSession session = network.newSession(new SessionRequest(1, false))) {
            driver.failNext("launch", 701);
            assertFails(CudaCode.LAUNCH, () -> run(session, 1), "Kernel quantize_k of layer image.q", "cuda:0", "701");
            assertThat(run(session, 1)).as("the device is not lost").hasSize(PIXELS);
        }
    }

    @Test
    void namesTheKernelThatFailsIfItKeepsValues() {
        driver.kernels.put("dequantize_k", (d, extents, arguments) -> d.at(1, 1));
        DeviceSession session = network.newSession(new SessionRequest(1, true));
        assertFails(CudaCode.LAUNCH, () -> run(session, 1), "Kernel dequantize_k of layer image.dq", "700");
        session.close();
        driver.live.clear();
    }

    @Test
    void losesTheDeviceAfterAnIllegalAddress() {
        driver.kernels.put("dequantize_k", (d, extents, arguments) -> d.at(1, 1));
        DeviceSession session = network.newSession(new SessionRequest(1, false));
        assertFails(CudaCode.RUN, () -> run(session, 1), "A run of test.Tiny failed on cuda:0", "700");
        assertFails(CudaCode.LOST, () -> run(session, 1), "cuda:0 cannot be used", "700");
        assertFails(CudaCode.LOST, () -> network.newSession(new SessionRequest(1, false)), "start the process again");
        assertFails(CudaCode.LOST, () -> device.load(TinyNetwork.image()), "700");
        session.close();
        network.close();
        driver.live.clear();
    }

    @Test
    void saysWhatHadNoMemory() {
        driver.setFreeBytes(600);
        assertFails(
                CudaCode.OUT_OF_MEMORY,
                () -> network.newSession(new SessionRequest(2, false)),
                "cuda:0 has no memory for the values of a session of test.Tiny for 2 images",
                "1024 bytes asked",
                "600 bytes of 80.0 GiB free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allocate", "allocateHost", "newStream"})
    void leavesNothingWhenASessionCannotBeOpened(String call) {
        int before = driver.live.size();
        driver.failNext(call, 999);
        assertFails(CudaCode.DRIVER, () -> network.newSession(new SessionRequest(2, false)), "999");
        assertThat(driver.live).hasSize(before);
    }

    @Test
    void saysThatTheHostHasNoMemory() {
        driver.failNext("allocateHost", DriverException.OUT_OF_MEMORY);
        assertFails(
                CudaCode.OUT_OF_HOST_MEMORY,
                () -> network.newSession(new SessionRequest(2, false)),
                "page-locked memory for port image of test.Tiny: 12 bytes");
    }

    @Test
    void canBeClosedTwiceAndNotUsedAfter() {
        DeviceSession session = network.newSession(new SessionRequest(1, false));
        session.close();
        session.close();
        assertThat(session.deviceBytes()).isZero();
        assertFails(CudaCode.CLOSED, () -> run(session, 1), "a session of test.Tiny is closed");
        network.close();
        network.close();
        assertFails(CudaCode.CLOSED, () -> network.newSession(new SessionRequest(1, false)), "test.Tiny on cuda:0");
        device.close();
        assertFails(CudaCode.CLOSED, () -> device.load(TinyNetwork.image()), "cuda:0 is closed");
    }

    @Test
    void closesItsSessionsWithTheNetwork() {
        DeviceSession session = network.newSession(new SessionRequest(1, false));
        network.close();
        assertFails(CudaCode.CLOSED, () -> run(session, 1), "a session of test.Tiny is closed");
    }

    @Test
    void clearsWorkspaceForStepsThatWantIt() {
        Step cleared = withWorkspace(TinyNetwork.QUANTIZE, new Step.Workspace(10, true));
        long[] seen = new long[2];
        FakeDriver.Kernel quantize = driver.kernels.get("quantize_k");
        driver.kernels.put("quantize_k", (d, extents, arguments) -> {
            ByteBuffer workspace = d.at(arguments.getLong(24), 30);
            seen[0] += workspace.getLong(0);
            workspace.putLong(0, 77);
            seen[1]++;
            quantize.run(d, extents, arguments);
        });
        LaunchProgram program = TinyNetwork.program(List.of(cleared, TinyNetwork.DEQUANTIZE));
        try (DeviceNetwork other = device.load(TinyNetwork.image(TinyNetwork.plan(List.of(program))));
                DeviceSession session = other.newSession(new SessionRequest(3, false))) {
            assertThat(run(session, 3)).containsExactly(expected(3));
            assertThat(run(session, 3)).containsExactly(expected(3));
        }
        assertThat(seen).containsExactly(0, 2);
    }

    private static Step withWorkspace(Step step, Step.Workspace workspace) {
        return new Step(step.region(), step.kernel(), step.geometry(), step.arguments(), step.tensorMaps(), workspace);
    }
}
