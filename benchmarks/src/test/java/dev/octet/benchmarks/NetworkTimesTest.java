package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.device.StepReplays;
import dev.octet.tools.tune.Times;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which steps are timed, and what becomes of their times; the device takes as many milliseconds as a replay has steps. */
class NetworkTimesTest {
    private static final int BATCH = 8;

    private final CompiledNetwork compiled =
            CompiledNetwork.of(BenchmarkNetwork.SQUEEZENET1_1.subject(), Precision.INT8, Target.SM_80, BATCH);
    private final int steps = compiled.program().steps().size();
    private final FakeDevice device = new FakeDevice();
    private final List<Row> rows = new ArrayList<>();
    private final NetworkTimes times = NetworkTimes.open(
            device,
            "net",
            Precision.INT8,
            compiled,
            RandomWeights.of(compiled.plan()).image(compiled.plan(), (target, kernel) -> Optional.empty()),
            rows::add);

    @AfterEach
    void leavesNothingOpen() {
        times.close();
        assertThat(device.open).isZero();
    }

    /** What memory holds decides how fast a device's clock is. */
    @Test
    void hasRunBeforeItIsTimed() {
        assertThat(device.runs).isEqualTo(1);
    }

    @Test
    void timesAllStepsAndThoseBehindTheQuantising() {
        times.timeFromImages();
        times.timeFromOperands();
        assertThat(device.recorded)
                .containsExactly(
                        "8 images, steps 0 to " + steps + ", 1 times", "8 images, steps 1 to " + steps + ", 1 times");
        assertThat(rows).containsExactly(run(Row.Start.IMAGE, steps), run(Row.Start.OPERAND, steps - 1));
    }

    private static Row run(Row.Start start, int steps) {
        double micros = 1000.0 * steps;
        int count = (int) Math.max(50, Math.min(100, Math.ceil(1e6 / micros / 10) * 10));
        return new Row.Run("octet int8", "net", BATCH, start, new Times(micros, micros, micros, count));
    }

    @Test
    void timesEachStepByItself() {
        times.timeSteps();
        assertThat(rows).hasSize(steps);
        Row.Launch last = (Row.Launch) rows.get(steps - 1);
        assertThat(last.number()).isEqualTo(steps);
        assertThat(last.kernel())
                .isEqualTo(compiled.program().steps().get(steps - 1).kernel().name());
        assertThat(last.target()).isEqualTo("sm_80");
        assertThat(last.cost())
                .isEqualTo(StepCost.of(
                        compiled.plan().int8(), compiled.program().steps().get(steps - 1), BATCH));
        assertThat(last.times().median()).isEqualTo(1000);
        assertThat(device.recorded)
                .hasSize(steps)
                .endsWith("8 images, steps " + (steps - 1) + " to " + steps + ", 20 times");
    }

    /** The kernel behind the quantising, by itself. */
    @Test
    void timesALayer() {
        times.timeLayer();
        assertThat(device.recorded).containsExactly("8 images, steps 1 to 2, 20 times");
        Times expected = new Times(1000, 1000, 1000, 50);
        assertThat(rows)
                .hasSize(2)
                .first()
                .isEqualTo(new Row.Run("octet int8", "net", BATCH, Row.Start.OPERAND, expected));
        assertThat(rows.get(1)).isInstanceOfSatisfying(Row.Launch.class, launch -> {
            assertThat(launch.layer()).isEqualTo("net");
            assertThat(launch.number()).isEqualTo(2);
            assertThat(launch.times()).isEqualTo(expected);
        });
    }

    @Test
    void timesRunsOfAFullBatchOfBytes() {
        times.timeRuns();
        assertThat(rows).singleElement().isInstanceOfSatisfying(Row.Run.class, run -> {
            assertThat(run.start()).isEqualTo(Row.Start.HOST);
            assertThat(run.times().count()).isEqualTo(200);
        });
        assertThat(device.runs).isGreaterThan(200);
    }

    /** Counts what is open, and runs nothing. */
    private static final class FakeDevice implements Device, DeviceNetwork {
        private final List<String> recorded = new ArrayList<>();
        private int open;
        private int runs;

        @Override
        public Probe.DeviceInfo info() {
            return new Probe.DeviceInfo("fake", "for tests");
        }

        @Override
        public DeviceNetwork load(NetworkImage image) {
            open++;
            return this;
        }

        @Override
        public DeviceSession newSession(SessionRequest request) {
            assertThat(request).isEqualTo(new SessionRequest(BATCH, false));
            open++;
            return new FakeSession(this);
        }

        @Override
        public long deviceBytes() {
            return 0;
        }

        @Override
        public String description() {
            return "fake";
        }

        @Override
        public void close() {
            open--;
        }
    }

    private record FakeSession(FakeDevice device) implements DeviceSession, StepReplays {
        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            device.runs++;
            assertThat(((ByteBuffer) inputs.get(0)).remaining()).isEqualTo(n * 3 * 224 * 224);
            assertThat(outputs.get(0).remaining()).isEqualTo(n * 1000);
        }

        @Override
        public Optional<StepReplays> replays() {
            return Optional.of(this);
        }

        @Override
        public Replay replay(int n, int from, int to, int times) {
            device.recorded.add(n + " images, steps " + from + " to " + to + ", " + times + " times");
            device.open++;
            return new FakeReplay(device, 1000.0 * (to - from) * times);
        }

        @Override
        public byte[] value(int value) {
            throw new AssertionError("nobody asks for values");
        }

        @Override
        public long deviceBytes() {
            return 0;
        }

        @Override
        public void close() {
            device.open--;
        }
    }

    private record FakeReplay(FakeDevice device, double micros) implements StepReplays.Replay {
        @Override
        public double[] micros(int replays) {
            double[] all = new double[replays];
            Arrays.fill(all, micros);
            return all;
        }

        @Override
        public void close() {
            device.open--;
        }
    }
}
