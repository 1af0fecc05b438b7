package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.plan.diag.OctetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake of a kernel is found, with its kind, line and thread; what is legitimate next to it is not. */
class StrictnessTest {
    static String failure(TestKernel kernel, SimulatorCode code, String at, int thread) {
        try (kernel) {
            OctetException e = catchThrowableOfType(OctetException.class, kernel::launch);
            assertThat(e).as("what %s throws", code).isNotNull();
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.getMessage())
                    .contains("Kernel k, line " + kernel.line(at) + " (")
                    .contains("block (0, 0), thread " + thread + ":");
            return e.getMessage();
        }
    }

    static void passes(TestKernel kernel) {
        try (kernel) {
            kernel.launch();
        }
    }

    @Test
    void registersAreWrittenBeforeTheyAreRead() {
        assertThat(failure(new TestKernel("add.s32 %r1, %r2, 1;"), SimulatorCode.UNWRITTEN_REGISTER, "add.s32 %r1", 0))
                .contains("register %r2");
        String inSome = "setp.lt.u32 %p1, %t, 5;\n@%p1 mov.u32 %r2, 7;\nadd.s32 %r1, %r2, 1;";
        failure(new TestKernel(inSome), SimulatorCode.UNWRITTEN_REGISTER, "add.s32 %r1", 5);
        failure(new TestKernel("@%p1 mov.u32 %r2, 7;"), SimulatorCode.UNWRITTEN_REGISTER, "@%p1", 0);
        passes(new TestKernel("setp.lt.u32 %p1, %t, 5;\n@%p1 mov.u32 %r2, 7;\n@%p1 add.s32 %r1, %r2, 1;"));
    }

    @Test
    void memoryIsWrittenBeforeItIsRead() {
        assertThat(failure(
                        new TestKernel("st.global.u8 [%out], 1;\nld.global.u32 %r1, [%out];"),
                        SimulatorCode.UNWRITTEN_MEMORY,
                        "ld.global.u32",
                        0))
                .contains("byte 1 was never written");
        String three = "st.global.v2.u32 [%out], {%t, %t};\nst.global.u32 [%out+8], 1;\n";
        assertThat(failure(
                        new TestKernel(three + "ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%out];").threads(1),
                        SimulatorCode.UNWRITTEN_MEMORY,
                        "ld.global.v4",
                        0))
                .contains("byte 12 was never written");
        failure(new TestKernel("ld.shared.u32 %r1, [s+8];"), SimulatorCode.UNWRITTEN_MEMORY, "ld.shared", 0);
        passes(new TestKernel("st.shared.u32 [s+8], 1;\nld.shared.u32 %r1, [s+8];").threads(1));
        assertThatThrownBy(() -> {
                    try (Simulator simulator = new Simulator()) {
                        simulator.memory().download(simulator.memory().allocate(4), 4);
                    }
                })
                .hasMessageContaining(SimulatorCode.HOST_MEMORY.id());
    }

    @Test
    void accessesStayInTheirAllocation() {
        String message = failure(
                new TestKernel("st.global.u32 [%o], 1;").outputBytes(44),
                SimulatorCode.OUT_OF_BOUNDS,
                "st.global.u32",
                11);
        assertThat(message).contains("+44 from the start").contains("44 bytes");
        failure(new TestKernel("ld.global.u32 %r1, [%in+-4];"), SimulatorCode.OUT_OF_BOUNDS, "ld.global", 0);
        failure(new TestKernel("ld.global.v2.u32 {%r1, %r2}, [%in];").input(1), SimulatorCode.OUT_OF_BOUNDS, "v2", 0);
        failure(new TestKernel("ld.global.u32 %r1, [8];"), SimulatorCode.OUT_OF_BOUNDS, "[8]", 0);
        failure(new TestKernel("st.shared.u32 [s+1024], 1;"), SimulatorCode.OUT_OF_BOUNDS, "s+1024", 0);
        failure(new TestKernel("ld.param.u32 %r1, [output+8];"), SimulatorCode.OUT_OF_BOUNDS, "output+8", 0);
    }

    @Test
    void addressesAreAligned() {
        String message = failure(
                new TestKernel("add.s32 %r1, %t4, 2;\nst.shared.u32 [%r1], 1;"),
                SimulatorCode.MISALIGNED,
                "st.shared.u32",
                0);
        assertThat(message).contains("0x2").contains("multiple of 4");
        failure(
                new TestKernel("ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%in+8];").input(1, 2, 3, 4, 5, 6),
                SimulatorCode.MISALIGNED,
                "v4",
                0);
    }

    @Test
    void threadsDoNotWriteDifferentValuesToOneWord() {
        String message = failure(new TestKernel("st.shared.u32 [s], %t;"), SimulatorCode.RACE, "st.shared.u32", 1);
        assertThat(message).contains("thread 0").contains("writes another value");
        passes(new TestKernel("st.shared.u32 [s], 5;").threads(96));
    }

    @Test
    void threadsDoNotWriteDifferentValuesToOneByteOfGlobalMemory() {
        String overlap = "add.s64 %x1, %out, 8;\nst.global.u8 [%x1], %t;";
        assertThat(failure(new TestKernel(overlap).threads(2), SimulatorCode.GLOBAL_RACE, "st.global.u8", 1))
                .contains("to byte 8 of the allocation of 4096 bytes")
                .contains("than thread 0 of this block");
        String warps = "shr.u32 %r1, %t, 5;\nst.global.u32 [%out], %r1;";
        failure(new TestKernel(warps).threads(64), SimulatorCode.GLOBAL_RACE, "st.global.u32", 32);
        String byTurns = "setp.eq.u32 %p1, %t, 0;\n@%p1 st.global.u32 [%out], 5;\n%s@!%p1 st.global.u32 [%out], 6;";
        failure(
                new TestKernel(byTurns.replace("%s", "membar.gl;\n")).threads(64),
                SimulatorCode.GLOBAL_RACE,
                "[%out], 6",
                1);
        passes(new TestKernel(byTurns.replace("%s", "bar.sync 0;\n")).threads(64));
        passes(new TestKernel(byTurns.replace("%s", "bar.warp.sync 0xffffffff;\n")));
        passes(new TestKernel("st.global.u32 [%out], 5;").threads(64));
        passes(new TestKernel("st.global.u32 [%o], 5;\nst.global.u32 [%o], %t;").threads(64));
    }

    @Test
    void atomicOperationsInGlobalMemoryAreOrderedAmongThemselvesOnly() {
        String add = "red.global.add.u32 [%in], %t;\n";
        passes(new TestKernel(add + add).input(7).threads(64));
        String clear = "setp.eq.u32 %p1, %t, 0;\n@%p1 st.global.u32 [%in], 0;\n";
        failure(new TestKernel(clear + add).input(7), SimulatorCode.GLOBAL_RACE, "red.global", 1);
        failure(new TestKernel(add + clear).input(7), SimulatorCode.GLOBAL_RACE, "@%p1 st.global", 0);
        passes(new TestKernel(clear + "bar.sync 0;\n" + add).input(7));
    }

    @Test
    void atomicOperationsInSharedMemoryAreOrderedAmongThemselvesOnly() {
        String first = "setp.eq.u32 %p1, %t, 0;\n";
        String clear = "@%p1 st.shared.u32 [s], 0;\n";
        String add = "red.shared.add.u32 [s], 1;\n";
        String read = "ld.shared.u32 %r1, [s];\n";
        String barrier = "bar.sync 0;\n";
        TestKernel early = new TestKernel(first + clear + add).threads(64);
        assertThat(failure(early, SimulatorCode.RACE, "red.shared", 1))
                .contains("updates atomically byte 0", "thread 0 writes in line " + early.line("st.shared"));
        String added = first + clear + barrier + add;
        TestKernel reads = new TestKernel(added + read).threads(64);
        assertThat(failure(reads, SimulatorCode.RACE, "ld.shared", 0))
                .contains("reads byte 0", "thread 31 updates atomically in line " + reads.line("red.shared"));
        failure(new TestKernel(added + "@%p1 st.shared.u32 [s], 9;").threads(64), SimulatorCode.RACE, "[s], 9", 0);
        failure(new TestKernel(first + clear + barrier + read + add), SimulatorCode.RACE, "red.shared", 0);
        passes(new TestKernel(added + add + barrier + read).threads(64));
        passes(new TestKernel(added + "bar.warp.sync 0xffffffff;\n" + read));
        passes(new TestKernel("st.shared.u32 [%t4], 0;\nred.shared.add.u32 [%t4], 1;\nld.shared.u32 %r1, [%t4];"));
    }

    /** Two operations are remembered, so that the last one, of the reader itself, does not hide the others. */
    @Test
    void anOwnAtomicOperationDoesNotHideThoseOfOthers() {
        String turns = "setp.eq.u32 %p1, %t, 0;\n@%p1 st.shared.u32 [s], 0;\nbar.sync 0;\n"
                + "@!%p1 red.shared.add.u32 [s], 1;\n@%p1 red.shared.add.u32 [s], 1;\n@%p1 ld.shared.u32 %r1, [s];";
        failure(new TestKernel(turns).threads(2), SimulatorCode.RACE, "@%p1 ld.shared", 0);
    }

    @Test
    void threadsReadWhatOthersWroteOnlyAfterABarrier() {
        String write = "st.shared.u32 [%t4], %t;\n";
        String read = "xor.b32 %r1, %t4, 128;\nld.shared.u32 %r2, [%r1];";
        TestKernel kernel = new TestKernel(write + read).threads(64);
        String message = failure(kernel, SimulatorCode.UNWRITTEN_MEMORY, "ld.shared", 0);
        assertThat(message).contains("shared address 128");
        passes(new TestKernel(write + "bar.sync 0;\n" + read).threads(64));

        String backwards = "setp.lt.u32 %p1, %t, 32;\n@%p1 bra END;\n" + read + "\nEND:";
        TestKernel race = new TestKernel(write + backwards).threads(64);
        String text = failure(race, SimulatorCode.RACE, "ld.shared", 32);
        assertThat(text).contains("thread 0 writes in line " + race.line("st.shared"));
    }

    @Test
    void threadsDoNotOverwriteWhatOthersRead() {
        String fill = "st.shared.u32 [%t4], %t;\nbar.sync 0;\n";
        String read = "xor.b32 %r1, %t4, 128;\nld.shared.u32 %r2, [%r1];\n";
        String write = "setp.lt.u32 %p1, %t, 32;\n@!%p1 st.shared.u32 [%t4], 9;";
        TestKernel race = new TestKernel(fill + read + write).threads(64);
        String text = failure(race, SimulatorCode.RACE, "@!%p1 st.shared", 32);
        assertThat(text).contains("thread 0 reads in line " + race.line("ld.shared"));
        passes(new TestKernel(fill + read + "bar.sync 0;\n" + write).threads(64));
    }

    @Test
    void lanesOfAWarpMeetAtAWarpBarrierOnly() {
        String write = "st.shared.u32 [%t4], %t;\n";
        String read = "xor.b32 %r1, %t4, 4;\nld.shared.u32 %r2, [%r1];";
        failure(new TestKernel(write + read), SimulatorCode.RACE, "ld.shared", 0);
        String shuffle = "shfl.sync.idx.b32 %r5, %t, 0, 31, 0xffffffff;\n";
        failure(new TestKernel(write + shuffle + read), SimulatorCode.RACE, "ld.shared", 0);
        failure(new TestKernel(write + "membar.cta;\n" + read), SimulatorCode.RACE, "ld.shared", 0);
        passes(new TestKernel(write + "bar.warp.sync 0xffffffff;\n" + read));
    }

    @Test
    void aWarpBarrierOrdersNoOtherWarp() {
        String write = "st.shared.u32 [%t4], %t;\nbar.warp.sync 0xffffffff;\n";
        String read =
                "setp.lt.u32 %p1, %t, 32;\n@%p1 bra END;\nxor.b32 %r1, %t4, 128;\nld.shared.u32 %r2, [%r1];\nEND:";
        failure(new TestKernel(write + read).threads(64), SimulatorCode.RACE, "ld.shared", 32);
    }

    @Test
    void aBarrierOfSomeWarpsOrdersThoseOnly() {
        String write = "st.shared.u32 [%t4], %t;\nsetp.lt.u32 %p1, %t, 64;\n@%p1 bar.sync 1, 64;\n";
        String first =
                "and.b32 %r1, %t, 31;\nshl.b32 %r1, %r1, 2;\nsetp.ge.u32 %p2, %t, 32;\nsetp.lt.u32 %p3, %t, 64;\n";
        String read = "and.pred %p2, %p2, %p3;\n@%p2 ld.shared.u32 %r2, [%r1];";
        passes(new TestKernel(write + first + read).threads(96));
        String all = "@%p2 ld.shared.u32 %r2, [%r1];";
        failure(new TestKernel(write + first + all).threads(96), SimulatorCode.RACE, "ld.shared", 64);
    }

    @Test
    void copiesAreAwaited() {
        String copy = "mad.wide.u32 %x1, %t, 4, %in;\ncp.async.ca.shared.global [%t4], [%x1], 4;\n";
        String wait = "cp.async.commit_group;\ncp.async.wait_group 0;\n";
        String own = "ld.shared.u32 %r1, [%t4];";
        int[] data = new int[64];
        TestKernel early = new TestKernel(copy + "cp.async.commit_group;\n" + own).input(data);
        assertThat(failure(early, SimulatorCode.ASYNC, "ld.shared", 0))
                .contains("reads byte 0")
                .contains("in line " + early.line("cp.async.ca"));
        failure(
                new TestKernel(copy + "cp.async.commit_group;\ncp.async.wait_group 1;\n" + own).input(data),
                SimulatorCode.ASYNC,
                "ld.shared",
                0);
        failure(new TestKernel(copy + "cp.async.wait_group 0;\n" + own).input(data), SimulatorCode.ASYNC, "ld.sh", 0);
        assertThat(failure(
                        new TestKernel(copy + "st.shared.u32 [%t4], 1;").input(data),
                        SimulatorCode.ASYNC,
                        "st.shared",
                        0))
                .contains("overwrites");
        passes(new TestKernel(copy + wait + own).input(data));
        passes(new TestKernel(copy + "cp.async.wait_all;\n" + own).input(data));
    }

    @Test
    void copiesAreSeenByOthersAfterABarrierOnly() {
        String copy = "mad.wide.u32 %x1, %t, 4, %in;\ncp.async.ca.shared.global [%t4], [%x1], 4;\n"
                + "cp.async.commit_group;\ncp.async.wait_group 0;\n";
        String other = "xor.b32 %r1, %t4, 4;\nld.shared.u32 %r2, [%r1];";
        TestKernel race = new TestKernel(copy + other).input(new int[64]);
        assertThat(failure(race, SimulatorCode.RACE, "ld.shared", 0))
                .contains("thread 1 writes in line " + race.line("cp.async.ca"));
        passes(new TestKernel(copy + "bar.sync 0;\n" + other).input(new int[64]));
    }

    @Test
    void wholeWarpsReachABarrier() {
        String some = "setp.lt.u32 %p1, %t, 7;\n@%p1 bra END;\nbar.sync 0;\nEND: mov.u32 %r1, 0;";
        assertThat(failure(new TestKernel(some), SimulatorCode.BARRIER_DIVERGED, "bar.sync", 7))
                .contains("lanes 0xffffff80")
                .contains("lanes 0x0000007f do not");
        passes(new TestKernel("setp.lt.u32 %p1, %t, 7;\n@%p1 ret;\nbar.sync 0;"));
        passes(new TestKernel("setp.lt.u32 %p1, %t, 7;\n@!%p1 bra GO;\nret;\nGO: bar.sync 0;"));
    }

    @Test
    void barriersComplete() {
        String some = "setp.lt.u32 %p1, %t, 32;\n@%p1 bra END;\nbar.sync 1, 96;\nEND: mov.u32 %r1, 0;";
        failure(new TestKernel(some).threads(96), SimulatorCode.BARRIER_BLOCKED, "bar.sync", 32);
        String crossed = "setp.lt.u32 %p1, %t, 32;\n@%p1 bra A;\nbar.sync 1;\nbar.sync 0;\nret;\nA: bar.sync 2;";
        failure(new TestKernel(crossed).threads(64), SimulatorCode.BARRIER_BLOCKED, "bar.sync 2", 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r1}, [s];",
                "mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 {%r1, %r2}, {%r3}, {%r4}, {%r5, %r6};",
                "shfl.sync.idx.b32 %r1, %t, 0, 31, 0xffffffff;",
                "vote.sync.any.pred %p2, %p1, 0xffffffff;"
            })
    void wholeWarpsExecuteWhatNeedsWholeWarps(String instruction) {
        String zeros = "mov.u32 %r3, 0;\nmov.u32 %r4, 0;\nmov.u32 %r5, 0;\nmov.u32 %r6, 0;\n";
        String guarded = zeros + "setp.lt.u32 %p1, %t, 31;\n@%p1 " + instruction;
        assertThat(failure(new TestKernel(guarded), SimulatorCode.INACTIVE_LANES, instruction, 31))
                .contains("lanes 0x7fffffff take part");
    }

    @Test
    void loopsEnd() {
        assertThat(failure(new TestKernel("LOOP: bra LOOP;"), SimulatorCode.ENDLESS, "bra", 0))
                .contains("100000");
        failure(new TestKernel("LOOP: bar.sync 0;\nbra LOOP;").threads(64), SimulatorCode.ENDLESS, "bra LOOP", 0);
    }

    @Test
    void constantDataIsNotWritten() {
        String read = "ld.global.nc.u32 %r1, [%in];\n";
        failure(
                new TestKernel(read + "st.global.u32 [%in], 5;").input(1).threads(1),
                SimulatorCode.READ_ONLY,
                "st.global",
                0);
        failure(
                new TestKernel("st.global.u32 [%in], 5;\n" + read).input(1).threads(1),
                SimulatorCode.READ_ONLY,
                "ld.global.nc",
                0);
        passes(new TestKernel(read + "st.global.u32 [%in+4], 5;").input(1, 2).threads(1));
    }

    @Test
    void blocksDoNotMeet() {
        String block = "mov.u32 %r1, %ctaid.x;\n";
        for (int threads : new int[] {1, 4}) {
            SimulatorOptions options = SimulatorOptions.defaults().withThreads(threads);
            try (TestKernel kernel = new TestKernel(block + "st.global.u32 [%out], %r1;", options).grid(9)) {
                assertThatThrownBy(kernel::launch)
                        .hasMessageContaining(SimulatorCode.BLOCKS_RACE.id())
                        .hasMessageContaining("block (1, 0), thread 0")
                        .hasMessageContaining("which block 0 has written");
            }
        }
        passes(new TestKernel("st.global.u32 [%out], 3;").grid(9));
    }

    @Test
    void resultsAreDefined() {
        failure(new TestKernel("div.u32 %r1, 5, %t;"), SimulatorCode.UNDEFINED, "div.u32", 0);
        String shuffle = "setp.lt.u32 %p1, %t, 16;\n@%p1 shfl.sync.idx.b32 %r1, %t, 20, 31, 0xffff;";
        assertThat(failure(new TestKernel(shuffle), SimulatorCode.UNDEFINED, "shfl", 0))
                .contains("lane 20");
    }

    /** The values of these registers are the hardware's affair. */
    @ParameterizedTest
    @ValueSource(strings = {"%warpid", "%nwarpid"})
    void registersWithoutADefinedValueAreNotKnown(String register) {
        assertThatThrownBy(() -> new TestKernel("mov.u32 %r1, " + register + ";").launch())
                .isInstanceOf(OctetException.class)
                .hasMessageContainingAll(SimulatorCode.OPERAND.id(), "'" + register + "'");
    }

    /** What always fits is not saturated; ptxas refuses it too. */
    @ParameterizedTest
    @ValueSource(strings = {"s32.s32", "u32.u8", "s32.u16", "s16.s8"})
    void conversionsSaturateOnlyWhatMayNotFit(String types) {
        assertThatThrownBy(() -> new TestKernel("cvt.sat." + types + " %r1, %t;").launch())
                .isInstanceOf(OctetException.class)
                .hasMessageContainingAll(SimulatorCode.UNKNOWN.id(), "cvt.sat." + types);
        passes(new TestKernel("cvt.sat.u8.s32 %r1, %t;"));
    }

    /** A warp's work up to a barrier is done before the next warp's, and a failure takes back nothing that counts. */
    @Test
    void failuresDoNotDependOnTheNumberOfThreads() {
        String late = "mov.u32 %r1, %ctaid.x;\nsetp.lt.u32 %p1, %r1, 41;\n@%p1 ret;\nld.global.u32 %r2, [%out+4096];";
        for (int threads : new int[] {1, 2, 7}) {
            SimulatorOptions options = SimulatorOptions.defaults().withThreads(threads);
            try (TestKernel kernel = new TestKernel(late, options).grid(200)) {
                assertThatThrownBy(kernel::launch).hasMessageContaining("block (41, 0), thread 0:");
            }
        }
    }
}
