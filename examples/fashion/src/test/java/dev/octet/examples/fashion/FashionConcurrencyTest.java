package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One network, many callers: equal bytes for equal images, and nothing left over. */
class FashionConcurrencyTest {
    private static final int THREADS = 8;
    private static final int CALLS = 1000;
    private static final int IMAGES = 20;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void eightThreadsGetTheSameBytesAndNothingIsLeft() throws Exception {
        callFromManyThreads("cpu");
    }

    @Test
    @Tag("gpu")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void noMemoryOfTheGpuIsLeft() throws Exception {
        try (DeviceMemory memory = new DeviceMemory()) {
            callFromManyThreads("cuda:0"); // the driver keeps what the first use of a context allocates
            long before = memory.freeBytes();
            callFromManyThreads("cuda:0");
            assertThat(memory.freeBytes()).isGreaterThanOrEqualTo(before);
        }
    }

    private static void callFromManyThreads(String device) throws Exception {
        FashionData data = Fixtures.data();
        long directBefore = directBytes();
        int threadsBefore = Thread.activeCount();
        Network network;
        try (FashionNetwork typed = FashionNetwork.open(Options.onDevice(device).maxConcurrency(3))) {
            network = typed.network();
            List<byte[]> expected = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                expected.add(bytes(typed.run(data.test().get(i))));
            }
            callFromManyThreads(typed, data, expected);
            assertThat(network.sessionCount()).isBetween(1, 3);
        }
        assertThat(network.sessionCount()).isZero();
        assertThat(directBytes()).isLessThanOrEqualTo(directBefore);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore);
    }

    private static void callFromManyThreads(FashionNetwork network, FashionData data, List<byte[]> expected)
            throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int start = thread;
                work.add(() -> countDifferent(network, data, expected, start));
            }
            for (Future<Integer> different : callers.invokeAll(work)) {
                assertThat(different.get()).isZero();
            }
        } finally {
            callers.shutdownNow();
            assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static int countDifferent(FashionNetwork network, FashionData data, List<byte[]> expected, int start) {
        int different = 0;
        for (int call = 0; call < CALLS; call++) {
            int image = (start + call) % IMAGES;
            byte[] found = bytes(network.run(data.test().get(image)));
            different += Arrays.equals(found, expected.get(image)) ? 0 : 1;
        }
        return different;
    }

    private static byte[] bytes(float[] floats) {
        ByteBuffer buffer = ByteBuffer.allocate(floats.length * Float.BYTES);
        buffer.asFloatBuffer().put(floats);
        return buffer.array();
    }

    /** Memory of direct buffers once the collector has freed those that nobody holds. */
    private static long directBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(
                    least,
                    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .mapToLong(BufferPoolMXBean::getMemoryUsed)
                            .sum());
        }
        return least;
    }
}
