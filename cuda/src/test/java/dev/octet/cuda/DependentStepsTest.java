package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.StepReplays;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which launches may begin before their predecessor has ended; the driver of the tests refuses any that follow no launch. */
class DependentStepsTest {
    private static final int PIXELS = TinyNetwork.PIXELS;
    private static final int IMAGES = 2;

    private final FakeDriver driver = TinyNetwork.driver(90);
    private final byte[] pixels = new byte[IMAGES * PIXELS];
    private CudaDevice device;

    @BeforeEach
    void open() {
        new Random(21).nextBytes(pixels);
        device = CudaDeviceProvider.open(driver, 0);
    }

    @AfterEach
    void leavesNothing() {
        device.close();
        assertThat(driver.live).isEmpty();
    }

    private static Step with(Step step, boolean dependent, boolean cleared) {
        Geometry plain = step.geometry();
        Geometry geometry = new Geometry(
                plain.unitsPerImage(), plain.unitsPerBlock(), plain.gridY(), plain.threads(), 0, 1, dependent);
        return new Step(
                step.region(),
                step.kernel(),
                geometry,
                step.arguments(),
                step.tensorMaps(),
                cleared ? new Step.Workspace(10, true) : step.workspace());
    }

    private static final Step QUANTIZE = with(TinyNetwork.QUANTIZE, true, false);
    private static final Step DEQUANTIZE = with(TinyNetwork.DEQUANTIZE, true, false);

    /** A network that quantises once and dequantises twice. */
    private DeviceNetwork load(Step first, Step second, Step third) {
        LaunchProgram program = TinyNetwork.program(List.of(first, second, third));
        return device.load(TinyNetwork.image(TinyNetwork.plan(List.of(program))));
    }

    private void run(DeviceSession session, int n) {
        float[] results = new float[n * PIXELS];
        session.run(n, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.wrap(results)));
        check(results);
    }

    private void check(float[] results) {
        for (int i = 0; i < results.length; i++) {
            assertThat(results[i]).isEqualTo(TinyNetwork.quantized(pixels[i] & 0xff) * TinyNetwork.STEP);
        }
    }

    private void runOnce(DeviceNetwork network, boolean keepValues) {
        try (network;
                DeviceSession session = network.newSession(new SessionRequest(IMAGES, keepValues))) {
            run(session, 1);
        }
    }

    @Test
    void allButTheFirstMayBeginEarly() {
        runOnce(load(QUANTIZE, DEQUANTIZE, DEQUANTIZE), false);
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 2x1 of 32",
                        "dequantize_k 1x2 of 64 early",
                        "dequantize_k 1x2 of 64 early",
                        "graph");
    }

    /** Whether blocks walk over them or there is one for each. */
    @ParameterizedTest
    @CsvSource({"2112, early", "2113, "})
    void onlyOfFewTiles(int tiles, String early) {
        Geometry walking = new Geometry(tiles, 1, 2, 64, 0, 1, true, 1);
        Step step = new Step(
                DEQUANTIZE.region(),
                DEQUANTIZE.kernel(),
                walking,
                DEQUANTIZE.arguments(),
                DEQUANTIZE.tensorMaps(),
                DEQUANTIZE.workspace());
        runOnce(load(QUANTIZE, DEQUANTIZE, step), false);
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 2x1 of 32",
                        "dequantize_k 1x2 of 64 early",
                        "dequantize_k 1x2 of 64" + (early == null ? "" : " " + early),
                        "graph");
    }

    /** Kernels that do not wait for their predecessor never get ahead of it, but may have a successor that does. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, false", "false, false"})
    void onlyKernelsThatWaitThemselves(boolean second, boolean third) {
        runOnce(load(QUANTIZE, with(DEQUANTIZE, second, false), with(DEQUANTIZE, third, false)), false);
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 2x1 of 32",
                        "dequantize_k 1x2 of 64" + (second ? " early" : ""),
                        "dequantize_k 1x2 of 64" + (third ? " early" : ""),
                        "graph");
    }

    /** The predecessor in the stream is then the filling of the workspace. */
    @Test
    void noneAfterAFill() {
        runOnce(load(QUANTIZE, with(DEQUANTIZE, true, true), DEQUANTIZE), false);
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 2x1 of 32", "dequantize_k 1x2 of 64", "dequantize_k 1x2 of 64 early", "graph");
    }

    @Test
    void noneWhereValuesAreKept() {
        runOnce(load(QUANTIZE, DEQUANTIZE, DEQUANTIZE), true);
        assertThat(driver.launches)
                .containsExactly("quantize_k 2x1 of 32", "dequantize_k 1x2 of 64", "dequantize_k 1x2 of 64");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noneOfATimedRun(boolean keepValues) {
        try (DeviceNetwork network = load(QUANTIZE, DEQUANTIZE, DEQUANTIZE);
                DeviceSession session = network.newSession(new SessionRequest(IMAGES, keepValues))) {
            float[] results = new float[PIXELS];
            session.runTimed(1, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.wrap(results)))
                    .orElseThrow();
            check(results);
        }
        assertThat(driver.launches)
                .containsExactly("quantize_k 2x1 of 32", "dequantize_k 1x2 of 64", "dequantize_k 1x2 of 64");
    }

    @Test
    void areRecordedOnceForEachNumberOfImages() {
        try (DeviceNetwork network = load(QUANTIZE, DEQUANTIZE, DEQUANTIZE);
                DeviceSession session = network.newSession(new SessionRequest(IMAGES, false))) {
            for (int n : new int[] {1, 2, 1, 2}) {
                new Random(n).nextBytes(pixels);
                run(session, n);
            }
        }
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 2x1 of 32",
                        "dequantize_k 1x2 of 64 early",
                        "dequantize_k 1x2 of 64 early",
                        "graph",
                        "quantize_k 3x1 of 32",
                        "dequantize_k 2x2 of 64 early",
                        "dequantize_k 2x2 of 64 early",
                        "graph",
                        "graph",
                        "graph");
    }

    /** As they do in a run, so that what is measured is a part of one. */
    @Test
    void beginEarlyInReplaysToo() {
        try (DeviceNetwork network = load(QUANTIZE, DEQUANTIZE, with(DEQUANTIZE, true, true));
                DeviceSession session = network.newSession(new SessionRequest(IMAGES, false));
                StepReplays.Replay replay = session.replays().orElseThrow().replay(1, 1, 3, 2)) {
            assertThat(replay.micros(1)).hasSize(1);
        }
        assertThat(driver.launches)
                .containsExactly(
                        "dequantize_k 1x2 of 64",
                        "dequantize_k 1x2 of 64",
                        "dequantize_k 1x2 of 64 early",
                        "dequantize_k 1x2 of 64",
                        "graph",
                        "graph");
    }

    /** That what the tests above rely on is seen. */
    @Test
    void theTestsDriverRefusesOneThatFollowsNoLaunch() {
        try (Context context = driver.retain(0);
                Context.Current current = context.enter()) {
            Context.Stream stream = current.newStream();
            Context.Function function = current.function(current.load("PTX"), "quantize_k");
            Context.Extents early = new Context.Extents(1, 1, 32, 0, true);
            ByteBuffer arguments = ByteBuffer.allocate(40);
            assertThatThrownBy(() -> current.launch(function, early, arguments, stream))
                    .isInstanceOf(AssertionError.class);
            current.launch(function, new Context.Extents(1, 1, 32, 0), arguments, stream);
            current.launch(function, early, arguments, stream);
            current.record(current.newEvent(), stream);
            assertThatThrownBy(() -> current.launch(function, early, arguments, stream))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("quantize_k may begin early, but follows no launch");
        }
        driver.live.removeIf(held -> !(held instanceof Context));
    }
}
