package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches as the host sees them. */
class LaunchTest {
    /** Each block adds one to its word; the block whose number is the limit reads beyond the end. */
    private static final String COUNT = """
            .version 7.0
            .target sm_80
            .address_size 64
            .visible .entry count(.param .u64 words, .param .u32 limit)
            .maxntid 32, 1, 1
            {
            .reg .b64 %x<4>;
            .reg .b32 %r<8>;
            .reg .pred %p<2>;
            ld.param.u64 %x0, [words];
            ld.param.u32 %r0, [limit];
            mov.u32 %r1, %ctaid.x;
            mov.u32 %r2, %ctaid.y;
            mov.u32 %r3, %nctaid.x;
            mad.lo.u32 %r1, %r2, %r3, %r1;
            mul.wide.u32 %x1, %r1, 4;
            add.u64 %x1, %x0, %x1;
            ld.global.u32 %r4, [%x1];
            add.u32 %r4, %r4, 1;
            st.global.u32 [%x1], %r4;
            setp.eq.u32 %p0, %r1, %r0;
            @%p0 ld.global.u32 %r5, [%x0+-4];
            ret;
            }
            """;

    private static final SimulatedEntry ENTRY = SimulatedModule.load(COUNT).entry("count");

    private static byte[] parameters(long words, int limit) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(words)
                .putInt(limit)
                .array();
    }

    private static long zeros(Simulator simulator, int words) {
        long address = simulator.memory().allocate(4L * words);
        simulator.memory().fill(address, (byte) 0, 4L * words);
        return address;
    }

    private static List<Integer> words(Simulator simulator, long address, int count) {
        ByteBuffer bytes =
                ByteBuffer.wrap(simulator.memory().download(address, 4 * count)).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> words = new ArrayList<>();
        while (bytes.hasRemaining()) {
            words.add(bytes.getInt());
        }
        return words;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void executeEveryBlockOnce(int threads) {
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(threads))) {
            long address = zeros(simulator, 700);
            long instructions = simulator.launch(ENTRY, 100, 7, 1, 0, parameters(address, -1));
            assertThat(words(simulator, address, 700)).containsOnly(1);
            assertThat(instructions).isEqualTo(700 * 14);
        }
    }

    /** What was executed before the first failure is executed once, on however many threads. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void failAtTheFirstBlock(int threads) {
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(threads))) {
            long address = zeros(simulator, 500);
            assertThatThrownBy(() -> simulator.launch(ENTRY, 500, 1, 32, 0, parameters(address, 321)))
                    .hasMessageContaining("block (321, 0), thread 0");
            List<Integer> words = words(simulator, address, 500);
            assertThat(words.subList(0, 322)).containsOnly(1);
            assertThat(words.subList(322, 500)).containsOnly(0);
        }
    }

    @Test
    void waitForEachOther() {
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(2))) {
            long address = zeros(simulator, 64);
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(CompletableFuture.runAsync(
                        () -> simulator.launch(ENTRY, 64, 1, 1, 0, parameters(address, -1))));
            }
            calls.forEach(CompletableFuture::join);
            assertThat(words(simulator, address, 64)).containsOnly(8);
        }
    }

    @Test
    void areRefusedAsADeviceWould() {
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(1))) {
            byte[] parameters = parameters(zeros(simulator, 1), -1);
            assertRefused(() -> simulator.launch(ENTRY, 0, 1, 1, 0, parameters), "grid 0 x 1");
            assertRefused(() -> simulator.launch(ENTRY, 1, 70_000, 1, 0, parameters), "grid 1 x 70000");
            assertRefused(() -> simulator.launch(ENTRY, 1, 1, 0, 0, parameters), "0 threads");
            assertRefused(() -> simulator.launch(ENTRY, 1, 1, 33, 0, parameters), "compiled for 32 at most");
            assertRefused(() -> simulator.launch(ENTRY, 1, 1, 32, 300_000, parameters), "300000 bytes");
            assertRefused(() -> simulator.launch(ENTRY, 1, 1, 32, 0, new byte[16]), "16 bytes of parameters instead");
        }
    }

    private static void assertRefused(ThrowingCallable launch, String what) {
        assertThatThrownBy(launch)
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("[OCTET-SIM-006] Kernel count cannot be launched: ")
                .hasMessageContaining(what);
    }

    @Test
    void memoryKnowsWhatIsProtectedForgottenAndFreed() {
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(1))) {
            long address = zeros(simulator, 4);
            byte[] parameters = parameters(address, -1);
            simulator.memory().forget(address, 4);
            assertThatThrownBy(() -> simulator.launch(ENTRY, 1, 1, 1, 0, parameters))
                    .hasMessageContaining(SimulatorCode.UNWRITTEN_MEMORY.id());
            simulator.memory().fill(address, (byte) 0, 4);
            simulator.memory().protect(address);
            assertThatThrownBy(() -> simulator.launch(ENTRY, 1, 1, 1, 0, parameters))
                    .hasMessageContaining(SimulatorCode.READ_ONLY.id())
                    .hasMessageContaining("the host has protected");
            long free = simulator.memory().free();
            simulator.memory().free(address);
            assertThat(simulator.memory().free()).isEqualTo(free + 16);
            assertThatThrownBy(() -> simulator.launch(ENTRY, 1, 1, 1, 0, parameters))
                    .hasMessageContaining(SimulatorCode.OUT_OF_BOUNDS.id())
                    .hasMessageContaining("nothing is allocated");
            assertThatThrownBy(() -> simulator.memory().free(address))
                    .hasMessageContaining(SimulatorCode.HOST_MEMORY.id());
        }
    }
}
