package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks in the hands of hurried programs: unusual buffers, interrupts, and closing and opening at the wrong time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkMisuseTest {
    private static final int SIZE = 3 * 12 * 11;
    private static final int CLASSES = 5;
    private static final Options CPU = Options.onDevice("cpu");

    @TempDir
    static Path folder;

    private static NetworkSpec spec;
    private static float[] expected;

    @BeforeAll
    static void build() {
        SampleNetwork sample = new SampleNetwork(SmallDefinition.plan(2), folder).writePlan();
        Path weights = TensorFile.write(sample.plan().fp32(), 3, folder.resolve("small.safetensors"));
        sample.writeWeights(weights);
        spec = sample.spec();
        sample.writeTable(Calibrator.of(spec, weights).mode(RangeRule.naive()).run(Stream.of(image())));
        try (Network network = Network.open(spec, CPU)) {
            expected = network.run(image());
        }
    }

    private static byte[] image() {
        byte[] image = new byte[SIZE];
        new Random(5).nextBytes(image);
        return image;
    }

    private static void fails(RuntimeCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** A slice of a larger buffer, read-only, with the image in its middle. */
    private static ByteBuffer slice(ByteBuffer whole) {
        whole.put(9, image());
        return whole.slice(4, SIZE + 10).position(5).asReadOnlyBuffer();
    }

    private static void assertExpected(FloatBuffer results) {
        float[] found = new float[CLASSES];
        results.duplicate().get(found);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void buffersOfEveryKindGiveTheSame() {
        try (Network network = Network.open(spec, CPU)) {
            for (ByteBuffer in : List.of(
                    slice(ByteBuffer.allocate(SIZE + 20)),
                    slice(ByteBuffer.allocateDirect(SIZE + 20).order(ByteOrder.LITTLE_ENDIAN)),
                    slice(ByteBuffer.allocateDirect(SIZE + 20).order(ByteOrder.BIG_ENDIAN)))) {
                for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                    ByteBuffer bytes = ByteBuffer.allocateDirect(1 + 4 * 8).order(order);
                    FloatBuffer out =
                            bytes.position(1).asFloatBuffer().slice(2, 6).position(1);
                    network.runBatch(1, in, out);
                    assertThat(in.position()).isEqualTo(5);
                    assertThat(out.position()).isEqualTo(1);
                    assertExpected(out);
                }
            }
        }
    }

    @Test
    void buffersWithoutRoomAreRefused() {
        try (Network network = Network.open(spec, CPU)) {
            ByteBuffer in = ByteBuffer.allocate(SIZE);
            FloatBuffer out = FloatBuffer.allocate(CLASSES);
            fails(RuntimeCode.INPUT_SIZE, () -> network.run(new byte[0]));
            fails(RuntimeCode.INPUT_SIZE, () -> network.runBatch(1, ByteBuffer.allocate(0), out));
            fails(
                    RuntimeCode.INPUT_SIZE,
                    () -> network.runBatch(1, in.duplicate().position(1), out));
            fails(RuntimeCode.OUTPUT_SIZE, () -> network.runBatch(1, in, FloatBuffer.allocate(0)));
            fails(
                    RuntimeCode.OUTPUT_SIZE,
                    () -> network.runBatch(1, in, out.duplicate().limit(CLASSES - 1)));
            assertThat(network.sessionCount()).as("nothing was made for them").isZero();
        }
    }

    private interface Work {
        void run(int thread);
    }

    private static void inThreads(int threads, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                futures.add(executor.submit(() -> work.run(thread)));
            }
            for (Future<?> future : futures) {
                future.get(100, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** Half of the threads open and close networks of their own, while the others run one that they share. */
    @Test
    void openingAndClosingDisturbsNobody() throws Exception {
        try (Network shared = Network.open(spec, CPU.maxConcurrency(2))) {
            inThreads(8, thread -> {
                for (int i = 0; i < 25; i++) {
                    if (thread % 2 == 0) {
                        assertThat(shared.run(image())).isEqualTo(expected);
                    } else {
                        openRunAndClose();
                    }
                }
            });
        }
    }

    private static void openRunAndClose() {
        Network network = Network.open(spec, CPU);
        Session session = network.newSession();
        assertThat(network.run(image())).isEqualTo(expected);
        network.close();
        fails(RuntimeCode.CLOSED, () -> network.run(image()));
        fails(RuntimeCode.CLOSED, network::newSession);
        fails(RuntimeCode.SESSION_CLOSED, () -> session.run(1));
    }

    @Test
    void aNetworkIsClosedOnceHoweverManyClose() throws Exception {
        Network network = Network.open(spec, CPU.maxConcurrency(3));
        inThreads(8, thread -> {
            try {
                for (int i = 0; thread % 4 != 0 || i < 10; i++) {
                    assertThat(network.run(image())).isEqualTo(expected);
                }
                network.close();
            } catch (OctetException e) {
                assertThat(e.code()).isEqualTo(RuntimeCode.CLOSED);
            }
        });
        assertThat(network.sessionCount()).isZero();
    }

    /** An interrupt before the call is an answer; one during the run waits until it is over, and stays. */
    @Test
    void interruptsAreKeptAndSpoilNothing() throws Exception {
        try (Network network = Network.open(spec, CPU.maxConcurrency(2))) {
            inThreads(8, thread -> {
                for (int i = 0; i < 50; i++) {
                    Thread.currentThread().interrupt();
                    fails(RuntimeCode.INTERRUPTED, () -> network.run(image()));
                    assertThat(Thread.interrupted()).isTrue();
                    assertThat(network.run(image())).isEqualTo(expected);
                }
            });
            try (Session session = network.newSession()) {
                session.input("image").put(image());
                Thread.currentThread().interrupt();
                session.run(1);
                assertThat(Thread.interrupted()).isTrue();
                assertExpected(session.output("logits"));
            }
        }
    }

    /** The CPU under another name; its runs fail on request. */
    private static final class Moody implements DeviceProvider {
        private final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public String kind() {
            return "moody";
        }

        @Override
        public int rank() {
            return 1;
        }

        @Override
        public Probe probe() {
            return new Probe(List.of(new Probe.DeviceInfo("moody", "the processor")), "");
        }

        @Override
        public Device open(int index) {
            return new MoodyDevice(new CpuDevice(1), fails);
        }
    }

    private record MoodyDevice(CpuDevice cpu, AtomicBoolean fails) implements Device {
        @Override
        public Probe.DeviceInfo info() {
            return cpu.info();
        }

        @Override
        public DeviceNetwork load(NetworkImage image) {
            return new MoodyNetwork(cpu.load(image), fails);
        }

        @Override
        public void close() {
            cpu.close();
        }
    }

    private record MoodyNetwork(DeviceNetwork cpu, AtomicBoolean fails) implements DeviceNetwork {
        @Override
        public DeviceSession newSession(SessionRequest request) {
            return new MoodySession(cpu.newSession(request), fails);
        }

        @Override
        public long deviceBytes() {
            return cpu.deviceBytes();
        }

        @Override
        public String description() {
            return cpu.description();
        }

        @Override
        public void close() {
            cpu.close();
        }
    }

    private record MoodySession(DeviceSession cpu, AtomicBoolean fails) implements DeviceSession {
        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            if (fails.get()) {
                throw new IllegalStateException("moody");
            }
            cpu.run(n, inputs, outputs);
        }

        @Override
        public byte[] value(int value) {
            return cpu.value(value);
        }

        @Override
        public long deviceBytes() {
            return cpu.deviceBytes();
        }

        @Override
        public void close() {
            cpu.close();
        }
    }

    /** The same answer on every device, before the device is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"moody", "cpu"})
    void valuesAreThoseOfAFinishedRun(String device) {
        Moody moody = new Moody();
        Devices devices = device.equals("cpu")
                ? Devices.probe()
                : Devices.probe(List.<DeviceProvider>of(moody).iterator());
        Options options = Options.onDevice(device).keepValues(true);
        try (Network network = new NetworkLoader(spec, options).open(devices);
                Session session = network.newSession()) {
            assertThatThrownBy(() -> session.value("act1"))
                    .hasMessage("[OCTET-RUN-024] Value 'act1' of com.acme.Sample is not there: this session has no"
                            + " finished run. Call run first.");
            session.run(1);
            assertThat(session.value("act1").images()).isEqualTo(1);
            if (device.equals("moody")) {
                moody.fails.set(true);
                assertThatThrownBy(() -> session.run(1)).hasMessage("moody");
                fails(RuntimeCode.NOT_RUN, () -> session.value("act1"));
            }
        }
    }
}
