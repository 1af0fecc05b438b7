package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.cuda.CudaCode;
import dev.octet.cuda.driver.Context;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs as graphs: the CPU's bits, whatever ran before, in other sessions, or with another number of images. */
@Tag("gpu")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GraphsGpuTest {
    private static final TestNetworks DEFINITION = TestNetworks.RESIDUAL;
    private static final int CLASSES = 10;
    /** More numbers of images than a session keeps graphs of. */
    private static final int BATCH = 24;

    private static final int IMAGES = 100;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SEED = Long.getLong("octet.test.seed", 20260101);
    private static final byte[] PIXELS = new byte[IMAGES * DEFINITION.pixels()];
    private static final float[] EXPECTED = new float[IMAGES * CLASSES];
    private static Device gpu;
    private static DeviceNetwork network;

    @BeforeAll
    static void load() {
        new Random(SEED).nextBytes(PIXELS);
        CompiledNetwork compiled = DEFINITION.compile(Gpu.TARGET, BATCH);
        try (Device cpu = new CpuDevice(Runtime.getRuntime().availableProcessors());
                DeviceNetwork onCpu = cpu.load(compiled.withoutKernels());
                DeviceSession session = onCpu.newSession(new SessionRequest(BATCH, false))) {
            for (int first = 0; first < IMAGES; first += BATCH) {
                int n = Math.min(BATCH, IMAGES - first);
                System.arraycopy(run(session, first, n), 0, EXPECTED, first * CLASSES, n * CLASSES);
            }
        }
        gpu = Gpu.open();
        network = gpu.load(compiled.withKernels());
    }

    @AfterAll
    static void close() {
        if (gpu != null) {
            gpu.close();
        }
    }

    private static float[] run(DeviceSession session, int first, int n) {
        float[] results = new float[n * CLASSES];
        ByteBuffer in = ByteBuffer.wrap(PIXELS).position(first * DEFINITION.pixels());
        session.run(n, List.of(in), List.of(FloatBuffer.wrap(results)));
        return results;
    }

    private static DeviceSession session(int batch) {
        return network.newSession(new SessionRequest(batch, false));
    }

    private static void check(DeviceSession session, int first, int n) {
        assertThat(run(session, first, n))
                .as("images %d to %d, seed %d", first, first + n - 1, SEED)
                .containsExactly(Arrays.copyOfRange(EXPECTED, first * CLASSES, (first + n) * CLASSES));
    }

    /** Runs random numbers of images from random places. */
    private static void checkRandomly(DeviceSession session, Random random, int runs, int most) {
        for (int i = 0; i < runs; i++) {
            int n = 1 + random.nextInt(most);
            check(session, random.nextInt(IMAGES - n + 1), n);
        }
    }

    @Test
    void imagesHaveDifferentResults() {
        assertThat(Arrays.hashCode(Arrays.copyOf(EXPECTED, CLASSES)))
                .isNotEqualTo(Arrays.hashCode(Arrays.copyOfRange(EXPECTED, CLASSES, 2 * CLASSES)));
    }

    /** Few enough for a run under compute-sanitizer. */
    @Test
    @Tag("sanitize")
    void resultsAreTheCpusForChangingNumbersOfImages() {
        try (DeviceSession graphs = session(BATCH);
                DeviceSession launches = network.newSession(new SessionRequest(BATCH, true))) {
            int first = 0;
            for (int n : new int[] {3, 1, 3, BATCH, 7, 1, 3}) {
                check(graphs, first, n);
                check(launches, first, n);
                first += n;
            }
        }
    }

    @Test
    void resultsAreTheCpusForMoreNumbersOfImagesThanAreKept() {
        try (DeviceSession session = session(BATCH)) {
            for (int round = 0; round < 3; round++) {
                for (int n = 1; n <= BATCH; n++) {
                    check(session, round * BATCH, n);
                }
            }
            checkRandomly(session, new Random(SEED), 500, BATCH);
        }
    }

    @Test
    void sessionsOfManyThreadsRunTheirOwnGraphs() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Void>> done = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Random random = new Random(SEED + i);
                int batch = 1 + random.nextInt(BATCH);
                Callable<Void> task = () -> {
                    try (DeviceSession session = session(batch)) {
                        checkRandomly(session, random, 60, batch);
                    }
                    return null;
                };
                done.add(threads.submit(task));
            }
            for (Future<Void> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sessions are recorded and run in some threads while others are closed, and at last the network. */
    @Test
    void closingDisturbsNobody() throws Exception {
        int count = 6;
        CountDownLatch warm = new CountDownLatch(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        DeviceNetwork other = gpu.load(DEFINITION.compile(Gpu.TARGET, BATCH).withKernels());
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Random random = new Random(SEED + i);
                DeviceSession session = other.newSession(new SessionRequest(BATCH, false));
                runs.add(threads.submit(() -> runUntilClosed(session, random, warm)));
            }
            warm.await();
            for (int i = 0; i < 20; i++) {
                try (DeviceSession session = session(BATCH)) {
                    checkRandomly(session, new Random(SEED + i), 5, BATCH);
                }
            }
            other.close();
            for (Future<Integer> each : runs) {
                assertThat(each.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        try (DeviceSession session = session(BATCH)) {
            check(session, 0, BATCH);
        }
    }

    private static int runUntilClosed(DeviceSession session, Random random, CountDownLatch warm) {
        int runs = 0;
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < LONGEST_NANOS) {
                checkRandomly(session, random, 1, BATCH);
                if (++runs == 20) {
                    warm.countDown();
                }
            }
            throw new AssertionError("not closed after " + runs + " runs");
        } catch (OctetException e) {
            assertThat(e.code()).isEqualTo(CudaCode.CLOSED);
            return runs;
        } finally {
            // A failure must not leave the test waiting.
            if (runs < 20) {
                warm.countDown();
            }
        }
    }

    /** The driver keeps some memory of the graphs that it destroyed, but no more for every one. */
    @Test
    void replacedGraphsLeaveNothing() {
        try (Context context = Gpu.driver().retain(0);
                DeviceSession session = session(BATCH)) {
            runAllNumbers(session, 5);
            long before = free(context);
            runAllNumbers(session, 50);
            assertThat(free(context)).isGreaterThanOrEqualTo(before);
        }
    }

    private static void runAllNumbers(DeviceSession session, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int n = 1; n <= BATCH; n++) {
                run(session, 0, n);
            }
        }
    }

    private static long free(Context context) {
        try (Context.Current current = context.enter()) {
            return current.memory().free();
        }
    }
}
