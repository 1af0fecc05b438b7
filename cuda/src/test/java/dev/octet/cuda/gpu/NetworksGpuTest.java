package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks: the GPU gives the CPU's bits. */
@Tag("gpu")
class NetworksGpuTest {
    private static final int MAX_BATCH = 128;
    private static final int CLASSES = 10;
    private static final int IMAGES = 1000;
    private static Device gpu;
    private static Device cpu;

    @BeforeAll
    static void open() {
        cpu = new CpuDevice(Runtime.getRuntime().availableProcessors());
        gpu = Gpu.open();
    }

    @AfterAll
    static void close() {
        cpu.close();
        if (gpu != null) {
            gpu.close();
        }
    }

    static Stream<Arguments> networks() {
        return Stream.of(TestNetworks.values())
                .flatMap(network -> Stream.of(Target.values()).map(target -> Arguments.of(network, target)));
    }

    private static byte[] images(TestNetworks network, int count) {
        byte[] images = new byte[network.pixels() * count];
        new Random(5).nextBytes(images);
        return images;
    }

    /** Whether it is no output, which names another value, and no kernel keeps it inside. */
    private static boolean isInMemory(CompiledNetwork network, Node node) {
        return network.plan().programs().stream()
                .flatMap(program -> program.buffers().stream())
                .anyMatch(buffer -> buffer.value() == node.id());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyValueIsTheCpus(TestNetworks definition, Target target) {
        CompiledNetwork network = definition.compile(target, MAX_BATCH);
        ByteBuffer images = ByteBuffer.wrap(images(definition, 8));
        try (DeviceNetwork onCpu = cpu.load(network.withoutKernels());
                DeviceNetwork onGpu = gpu.load(network.withKernels());
                DeviceSession expected = onCpu.newSession(new SessionRequest(8, true));
                DeviceSession actual = onGpu.newSession(new SessionRequest(8, true))) {
            expected.run(8, List.of(images), List.of(FloatBuffer.allocate(8 * CLASSES)));
            actual.run(8, List.of(images), List.of(FloatBuffer.allocate(8 * CLASSES)));
            for (Node node : network.plan().int8().nodes()) {
                if (isInMemory(network, node)) {
                    Bytes.assertEqual(node.name(), actual.value(node.id()), expected.value(node.id()));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void resultsAreTheCpusForEveryBatch(TestNetworks definition, Target target) {
        CompiledNetwork network = definition.compile(target, MAX_BATCH);
        byte[] images = images(definition, IMAGES);
        try (DeviceNetwork onCpu = cpu.load(network.withoutKernels());
                DeviceNetwork onGpu = gpu.load(network.withKernels())) {
            float[] expected = run(onCpu, definition, images, MAX_BATCH);
            assertThat(Arrays.stream(firstResults(expected)).distinct().count())
                    .as("different results")
                    .isGreaterThan(IMAGES / 2);
            for (int batch : List.of(1, 37, MAX_BATCH)) {
                assertThat(bits(run(onGpu, definition, images, batch)))
                        .as("batch %d", batch)
                        .isEqualTo(bits(expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void sessionsOfManyThreadsDoNotDisturbEachOther(TestNetworks definition, Target target) throws Exception {
        CompiledNetwork network = definition.compile(target, MAX_BATCH);
        byte[] images = images(definition, 200);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (DeviceNetwork onGpu = gpu.load(network.withKernels())) {
            int[] expected = bits(run(onGpu, definition, images, 50));
            List<Future<int[]>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int batch = 1 + i * 3;
                Callable<int[]> task = () -> bits(run(onGpu, definition, images, batch));
                results.add(threads.submit(task));
            }
            for (Future<int[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static float[] run(DeviceNetwork network, TestNetworks definition, byte[] images, int batch) {
        int count = images.length / definition.pixels();
        float[] results = new float[count * CLASSES];
        ByteBuffer in = ByteBuffer.allocateDirect(images.length).put(images);
        FloatBuffer out = FloatBuffer.wrap(results);
        try (DeviceSession session = network.newSession(new SessionRequest(batch, false))) {
            for (int first = 0; first < count; first += batch) {
                int n = Math.min(batch, count - first);
                in.position(first * definition.pixels());
                out.position(first * CLASSES);
                session.run(n, List.of(in), List.of(out));
            }
        }
        return results;
    }

    private static int[] firstResults(float[] results) {
        int[] bits = bits(results);
        int[] first = new int[bits.length / CLASSES];
        Arrays.setAll(first, i -> bits[i * CLASSES]);
        return first;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }
}
