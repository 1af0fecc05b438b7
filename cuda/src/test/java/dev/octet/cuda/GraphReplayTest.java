package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.Driver;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.StepReplays;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a replay and what is not, how its times come about, and that nothing of it stays. */
class GraphReplayTest {
    private static final int BATCH = TinyNetwork.MAX_BATCH;

    private final FakeDriver driver = TinyNetwork.driver(90);
    private CudaDevice device;
    private DeviceSession session;
    private int before;

    @BeforeEach
    void open() {
        device = CudaDeviceProvider.open(driver, 0);
        session = device.load(TinyNetwork.image()).newSession(new SessionRequest(BATCH, false));
        before = driver.live.size();
    }

    @AfterEach
    void leavesNothing() {
        device.close();
        assertThat(driver.live).isEmpty();
        assertThat(driver.isRecording()).isFalse();
    }

    private StepReplays.Replay replay(int n, int from, int to, int times) {
        return session.replays().orElseThrow().replay(n, from, to, times);
    }

    @Test
    void areOfTheGpuThatTheDeviceNames() {
        Driver.Gpu gpu = driver.gpus().get(0);
        assertThat(device.clockedGpu()).contains(new ClockedGpu(gpu.name(), 90));
    }

    @Test
    void hasItsStepsAsOftenAsAskedAndNoCopies() {
        driver.failNext("uploadAsync", 1);
        driver.failNext("downloadAsync", 1);
        try (StepReplays.Replay both = replay(3, 0, 2, 1);
                StepReplays.Replay last = replay(3, 1, 2, 3)) {
            both.micros(1);
            last.micros(1);
        }
        assertThat(driver.launches)
                .containsExactly(
                        "quantize_k 5x1 of 32",
                        "dequantize_k 3x2 of 64",
                        "dequantize_k 3x2 of 64",
                        "dequantize_k 3x2 of 64",
                        "dequantize_k 3x2 of 64",
                        "graph",
                        "graph",
                        "graph",
                        "graph");
    }

    /** The fake clock counts launches: one graph lies between two events, and one before all of them. */
    @Test
    void timesEachReplayByItselfBehindOneMore() {
        try (StepReplays.Replay replay = replay(2, 0, 2, 1)) {
            driver.launches.clear();
            assertThat(replay.micros(4)).containsExactly(1000, 1000, 1000, 1000);
            assertThat(driver.launches).hasSize(5).containsOnly("graph");
        }
    }

    /** Three graphs of two launches, for as many images as asked. */
    @Test
    void runsItsKernels() {
        List<Integer> images = new ArrayList<>();
        driver.kernels.compute("dequantize_k", (name, kernel) -> (fake, extents, arguments) -> {
            images.add(arguments.getInt(32));
            kernel.run(fake, extents, arguments);
        });
        try (StepReplays.Replay replay = replay(4, 1, 2, 2)) {
            replay.micros(2);
        }
        assertThat(images).containsExactly(4, 4, 4, 4, 4, 4);
    }

    @Test
    void isFreedWhenItIsClosedAndWithItsSession() {
        StepReplays.Replay first = replay(1, 0, 1, 1);
        StepReplays.Replay second = replay(2, 0, 1, 1);
        assertThat(driver.live).hasSize(before + 2);
        first.close();
        first.close();
        assertThat(driver.live).hasSize(before + 1);
        session.close();
        second.close();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 1", "0, 3, 1", "1, 1, 1", "2, 1, 1", "0, 1, 0"})
    void refusesStepsThatThereAreNot(int from, int to, int times) {
        assertThatThrownBy(() -> replay(1, from, to, times))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps " + from + " to " + to + " of 2, " + times + " times");
    }

    @Test
    void refusesOtherBatchesAndClosedSessions() {
        assertFails(CudaCode.BATCH, () -> replay(BATCH + 1, 0, 1, 1));
        assertFails(CudaCode.BATCH, () -> replay(0, 0, 1, 1));
        session.close();
        assertFails(CudaCode.CLOSED, () -> replay(1, 0, 1, 1));
    }

    @Test
    void saysWhatFailed() {
        try (StepReplays.Replay replay = replay(1, 0, 2, 1)) {
            driver.failNext("synchronize", 1);
            assertFails(CudaCode.RUN, () -> replay.micros(1));
        }
        driver.failNext("launch", 701);
        assertFails(CudaCode.LAUNCH, () -> replay(1, 0, 2, 1));
    }

    private static void assertFails(CudaCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
