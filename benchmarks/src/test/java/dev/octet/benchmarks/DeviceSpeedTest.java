package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.simulator.SimulatedModule;
import dev.octet.simulator.Simulator;
import dev.octet.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kernels do the work whose time is taken: in the simulator, which reports every access outside of an allocation. */
class DeviceSpeedTest {
    private static final int THREADS = 256;

    private final Simulator simulator = new Simulator(SimulatorOptions.defaults());

    @AfterEach
    void close() {
        simulator.close();
    }

    private void launch(String kernel, int blocks, long from, long to, int count) throws IOException {
        byte[] arguments = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(from)
                .putLong(to)
                .putInt(count)
                .array();
        simulator.launch(SimulatedModule.load(DeviceSpeed.source()).entry(kernel), blocks, 1, THREADS, 0, arguments);
    }

    @Test
    void copiesEveryByte() throws IOException {
        byte[] bytes = new byte[3 * DeviceSpeed.COPY_BLOCK_BYTES];
        new SplittableRandom(5).nextBytes(bytes);
        long from = simulator.memory().allocate(bytes.length);
        long to = simulator.memory().allocate(bytes.length);
        simulator.memory().upload(from, bytes);
        launch("copy", 3, from, to, 0);
        assertThat(simulator.memory().download(to, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void doesAllRoundsOfTheControl() throws IOException {
        int rounds = 3;
        int blocks = 2;
        int bytes = blocks * THREADS * Float.BYTES;
        long to = simulator.memory().allocate(bytes);
        launch("control", blocks, 0, to, rounds);
        ByteBuffer results =
                ByteBuffer.wrap(simulator.memory().download(to, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        for (int thread = 0; thread < blocks * THREADS; thread++) {
            assertThat(results.getFloat()).isEqualTo(control(thread, rounds));
        }
    }

    private static float control(int thread, int rounds) {
        float[] chains = {thread, thread + 1f, thread + 2f, thread + 3f};
        for (int i = 0; i < chains.length; i++) {
            for (int round = 0; round < 2 * rounds; round++) {
                chains[i] = Math.fma(chains[i], Float.intBitsToFloat(0x3F7FFF00), Float.intBitsToFloat(0x3A83126F));
            }
        }
        return chains[0] + chains[1] + (chains[2] + chains[3]);
    }
}
