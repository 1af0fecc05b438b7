package dev.octet.simulator;

import static dev.octet.simulator.StrictnessTest.failure;
import static dev.octet.simulator.StrictnessTest.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Races are found whoever else has accessed the same place: no access hides another one that matters. */
class RacesTest {
    private static final String LAST = "setp.eq.u32 %p1, %t, 63;\n";
    private static final String BARRIER = "bar.sync 0;\n";

    @Test
    void whoWritesTheSameValueIsNotForgotten() {
        String same = LAST + "st.shared.u32 [s], 0;\n";
        String other = "@%p1 st.shared.u32 [s], 7;";
        TestKernel race = new TestKernel(same + other).threads(64);
        assertThat(failure(race, SimulatorCode.RACE, other, 63))
                .contains("thread 0 writes another value to in line " + race.line("[s], 0"));
        String read = "@%p1 ld.shared.u32 %r1, [s];";
        failure(new TestKernel(same + read).threads(64), SimulatorCode.RACE, read, 63);
        passes(new TestKernel(same + BARRIER + other).threads(64));
        passes(new TestKernel(same + BARRIER + read).threads(64));
        passes(new TestKernel(same + "@%p1 st.shared.u32 [s], 0;").threads(64));
        passes(new TestKernel("st.shared.u32 [%t4], 0;\nst.shared.u32 [%t4], 7;").threads(64));
    }

    @Test
    void whoWritesTheSameValueToGlobalMemoryIsNotForgotten() {
        String same = LAST + "st.global.u32 [%out], 0;\n";
        String other = "@%p1 st.global.u32 [%out], 7;";
        assertThat(failure(new TestKernel(same + other).threads(64), SimulatorCode.GLOBAL_RACE, other, 63))
                .contains("than thread 0 of this block");
        String first = "setp.eq.u32 %p2, %t, 0;\n@%p2 st.global.u32 [%out], 7;";
        assertThat(failure(new TestKernel(same + first).threads(64), SimulatorCode.GLOBAL_RACE, "@%p2", 0))
                .contains("than thread 31 of this block");
        passes(new TestKernel(same + BARRIER + other).threads(64));
        passes(new TestKernel(same + "@%p1 st.global.u32 [%out], 0;").threads(64));
    }

    @Test
    void whoUpdatesAtomicallyIsNotForgotten() {
        String add = LAST + "red.global.add.u32 [%in], 1;\n";
        String store = "@%p1 st.global.u32 [%in], 7;";
        failure(new TestKernel(add + store).input(5).threads(64), SimulatorCode.GLOBAL_RACE, store, 63);
        passes(new TestKernel(add + BARRIER + store).input(5).threads(64));
    }

    @Test
    void blocksThatWriteTheSameValueAreNotForgotten() {
        String same = "mov.u32 %r1, %ctaid.x;\nst.global.u32 [%out], 0;\n";
        String other = "setp.eq.u32 %p1, %r1, 1;\n@%p1 st.global.u32 [%out], 7;";
        for (int threads : new int[] {1, 4}) {
            SimulatorOptions options = SimulatorOptions.defaults().withThreads(threads);
            try (TestKernel kernel =
                    new TestKernel(same + other, options).threads(1).grid(3)) {
                assertThatThrownBy(kernel::launch)
                        .hasMessageContaining(SimulatorCode.BLOCKS_RACE.id())
                        .hasMessageContaining("block (1, 0), thread 0")
                        .hasMessageContaining("which block 0 has written");
            }
        }
        passes(new TestKernel(same + "st.global.u32 [%out], 0;").threads(1).grid(3));
        String strong = "setp.eq.u32 %p1, %r1, 1;\n@%p1 atom.global.exch.b32 %r2, [%out], 7;";
        passes(new TestKernel(same + strong).threads(1).grid(2));
    }

    /** Warps 0 to 2 read, and of these only 0 and 2 meet warp 3 before it writes. */
    @Test
    void barriersOfSomeWarpsLeaveNoReaderOut() {
        String read = "setp.eq.u32 %p1, %t, 0;\n@%p1 st.shared.u32 [s], 0;\n" + BARRIER
                + "and.b32 %r1, %t, 31;\nsetp.eq.u32 %p2, %r1, 0;\nsetp.lt.u32 %p3, %t, 96;\n"
                + "and.pred %p2, %p2, %p3;\n@%p2 ld.shared.u32 %r2, [s];\n";
        String meet = "shr.u32 %r3, %t, 5;\nsetp.ne.u32 %p4, %r3, 1;\n@%p4 bar.sync 1, 96;\n";
        String write = "setp.eq.u32 %p5, %t, 96;\n@%p5 st.shared.u32 [s], 9;";
        TestKernel race = new TestKernel(read + meet + write).threads(128);
        assertThat(failure(race, SimulatorCode.RACE, "@%p5 st.shared", 96))
                .contains("thread 32 reads in line " + race.line("@%p2 ld.shared"));
        passes(new TestKernel(read + "bar.sync 1, 128;\n" + write).threads(128));
        passes(new TestKernel(read + meet + "@%p2 ld.shared.u32 %r2, [s];").threads(128));
    }

    /** The same of atomic operations, and of writes of one value. */
    @Test
    void barriersOfSomeWarpsLeaveNoWriterOut() {
        String clear = "setp.eq.u32 %p1, %t, 0;\n@%p1 st.shared.u32 [s], 0;\n" + BARRIER
                + "and.b32 %r1, %t, 31;\nsetp.eq.u32 %p2, %r1, 0;\nsetp.lt.u32 %p3, %t, 96;\nand.pred %p2, %p2, %p3;\n";
        String meet = "shr.u32 %r3, %t, 5;\nsetp.ne.u32 %p4, %r3, 1;\n@%p4 bar.sync 1, 96;\n";
        String read = "setp.eq.u32 %p5, %t, 96;\n@%p5 ld.shared.u32 %r4, [s];";
        for (String write : new String[] {"red.shared.add.u32 [s], 1;\n", "st.shared.u32 [s], 4;\n"}) {
            String text = clear + "@%p2 " + write;
            assertThat(failure(new TestKernel(text + meet + read).threads(128), SimulatorCode.RACE, "@%p5 ld", 96))
                    .contains("which thread 32 ");
            passes(new TestKernel(text + "bar.sync 1, 128;\n" + read).threads(128));
        }
    }

    /** A warp meets by itself, which says nothing of the others. */
    @Test
    void barriersOfAWarpLeaveNoReaderOut() {
        String read = "setp.eq.u32 %p1, %t, 0;\n@%p1 st.shared.u32 [s], 0;\n" + BARRIER + "ld.shared.u32 %r2, [s];\n";
        String write = "setp.eq.u32 %p5, %t, 34;\n@%p5 st.shared.u32 [s], 9;";
        String meet = "bar.warp.sync 0xffffffff;\n";
        assertThat(failure(new TestKernel(read + meet + write).threads(64), SimulatorCode.RACE, "@%p5 st.shared", 34))
                .contains("which thread 0 reads");
        String alone = "setp.lt.u32 %p2, %t, 32;\n@%p2 ret;\n";
        passes(new TestKernel("st.shared.u32 [%t4], 0;\n" + meet + alone + "ld.shared.u32 %r2, [s+128];\n" + meet
                        + write.replace("[s]", "[s+128]"))
                .threads(64));
    }

    @Test
    void whatIsCopiedAsynchronouslyStaysUntilItIsAwaited() {
        String copy = "st.global.u32 [%o], 5;\ncp.async.ca.shared.global [%t4], [%o], 4;\ncp.async.commit_group;\n";
        TestKernel own = new TestKernel(copy + "st.global.u32 [%o], 6;");
        assertThat(failure(own, SimulatorCode.ASYNC_SOURCE, "[%o], 6", 0))
                .contains(
                        "byte 0 of the allocation", "thread 0 of this block", "since line " + own.line("cp.async.ca"));
        String others = "setp.eq.u32 %p1, %t, 40;\n@%p1 st.global.u8 [%out+6], 1;";
        assertThat(failure(new TestKernel(copy + others).threads(64), SimulatorCode.ASYNC_SOURCE, "@%p1 st", 40))
                .contains("byte 6 of the allocation", "thread 1 of this block");
        String wait = "cp.async.wait_group 0;\n";
        failure(
                new TestKernel(copy + "cp.async.wait_group 1;\nst.global.u32 [%o], 6;"),
                SimulatorCode.ASYNC_SOURCE,
                "[%o], 6",
                0);
        passes(new TestKernel(copy + wait + "st.global.u32 [%o], 6;"));
        passes(new TestKernel(copy + "st.global.u32 [%o+256], 6;"));
        String nothing = "cp.async.ca.shared.global [%t4], [%o], 4, 0;\nst.global.v2.u32 [%out], {1, 2};";
        passes(new TestKernel(nothing).threads(1));
    }
}
