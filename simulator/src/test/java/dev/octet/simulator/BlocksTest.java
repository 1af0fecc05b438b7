package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that meet in global memory: the outcome is that of one after the other, on however many threads. */
class BlocksTest {
    /** Enough for threads to come in between, as far as they can. */
    private static final int REPETITIONS = 100;

    private static final int[] INPUT = {5, 0};

    private static final String BLOCK = "mov.u32 %r1, %ctaid.x;\nsetp.eq.u32 %p1, %r1, 0;\n";

    private static TestKernel kernel(String instructions, int threads) {
        SimulatorOptions options =
                SimulatorOptions.defaults().withThreads(threads).withInstructionsPerBlock(20_000);
        return new TestKernel(BLOCK + instructions, options).threads(1);
    }

    private static void fails(String instructions, int grid, int threads, SimulatorCode code, String... texts) {
        for (int i = 0; i < REPETITIONS; i++) {
            try (TestKernel kernel = kernel(instructions, threads).grid(grid).input(INPUT)) {
                assertThatThrownBy(kernel::launch)
                        .as("repetition %d of%n%s", i, instructions)
                        .hasMessageContaining(code.id())
                        .hasMessageContainingAll(texts);
            }
        }
    }

    private static void results(String instructions, int grid, int threads, int... expected) {
        for (int i = 0; i < REPETITIONS; i++) {
            try (TestKernel kernel = kernel(instructions, threads).grid(grid).input(INPUT)) {
                assertThat(kernel.words(expected.length))
                        .as("repetition %d of%n%s", i, instructions)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doNotReadWhatAnotherOneWrites(int threads) {
        String laterReads = "@%p1 st.global.u32 [%out], 3;\n@%p1 ret;\nld.global.u32 %r2, [%out];";
        fails(laterReads, 2, threads, SimulatorCode.BLOCKS_RACE, "block (1, 0)", "reads", "block 0 has written");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doNotWriteWhatAnotherOneReads(int threads) {
        String laterWrites = "@%p1 ld.global.u32 %r2, [%in];\n@!%p1 st.global.u32 [%in], 6;";
        fails(laterWrites, 2, threads, SimulatorCode.BLOCKS_RACE, "block (1, 0)", "writes byte 0", "block 0 has read");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doNotWriteWhatSeveralRead(int threads) {
        String one = "ld.global.u32 %r2, [%in];\nsetp.eq.u32 %p2, %r1, 20;\n@%p2 st.global.u32 [%in], 6;";
        fails(one, 40, threads, SimulatorCode.BLOCKS_RACE, "block (20, 0)", "writes byte 0", "block 0 has read");
    }

    /** The value of block 1 is the one that stood there before block 0 wrote. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doNotPutBackWhatAnotherOneReplaces(int threads) {
        String both = "setp.ne.u32 %p2, %r1, 0;\nselp.b32 %r3, 5, 7, %p2;\nst.global.u32 [%in], %r3;";
        fails(
                both,
                2,
                threads,
                SimulatorCode.BLOCKS_RACE,
                "block (1, 0)",
                "writes another value",
                "block 0 has written");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doNotWriteWhatAnotherOneReadsAsConstant(int threads) {
        String constant = "@%p1 ld.global.nc.u32 %r2, [%in];\n@!%p1 st.global.u32 [%in], 6;\n";
        fails(constant, 2, threads, SimulatorCode.READ_ONLY, "block (1, 0)", "read with '.nc'");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void drawTicketsInOrder(int threads) {
        String ticket =
                "atom.global.add.u32 %r2, [%in+4], 1;\nmad.wide.u32 %x1, %r1, 4, %out;\nst.global.u32 [%x1], %r2;";
        results(ticket, 100, threads, IntStream.range(0, 100).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void readWhatIsHandedOver(int threads) {
        String give = "@%p1 st.global.u32 [%out], 3;\nfence.acq_rel.gpu;\n@%p1 ret;\n";
        results(give + "ld.global.u32 %r2, [%out];\nst.global.u32 [%out+4], %r2;", 2, threads, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doNotWaitForEachOther(int threads) {
        String wait = "@!%p1 st.volatile.global.u32 [%in+4], 1;\n@!%p1 ret;\n"
                + "LOOP:\nld.volatile.global.u32 %r2, [%in+4];\nsetp.eq.u32 %p2, %r2, 0;\n@%p2 bra LOOP;";
        try (TestKernel kernel = kernel(wait, threads).grid(2).input(INPUT)) {
            assertThatThrownBy(kernel::launch)
                    .hasMessageContaining(SimulatorCode.ENDLESS.id())
                    .hasMessageContaining("block (0, 0)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void mayWriteTheSame(int threads) {
        results("st.global.u32 [%out], 3;", 9, threads, 3);
    }
}
