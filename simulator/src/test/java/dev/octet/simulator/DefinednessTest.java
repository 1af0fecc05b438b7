package dev.octet.simulator;

import static dev.octet.simulator.StrictnessTest.failure;
import static dev.octet.simulator.StrictnessTest.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What PTX leaves undefined or promises to the assembler is found, and who did it is named. */
class DefinednessTest {
    @Test
    void uniformBranchesAgree() {
        String some = "setp.lt.u32 %p1, %t, %s;\n@%p1 bra.uni END;\nmov.u32 %r1, 0;\nEND: mov.u32 %r2, 0;";
        assertThat(failure(new TestKernel(some.replace("%s", "7")), SimulatorCode.UNDEFINED, "bra.uni", 0))
                .contains("lanes 0x0000007f branch", "lanes 0xffffff80 do not");
        passes(new TestKernel(some.replace("%s", "0")));
        passes(new TestKernel(some.replace("%s", "32")));
        String within =
                "setp.lt.u32 %p1, %t, 7;\n@%p1 bra LESS;\nbra.uni END;\nLESS: bra.uni END;\nEND: mov.u32 %r2, 0;";
        passes(new TestKernel(within));
    }

    @Test
    void atomicOperationsAreOfMemoryThatThreadsShare() {
        String local = ".local .align 4 .b8 l[4];\nst.local.u32 [l], 1;\nmov.u64 %x1, l;\ncvta.local.u64 %x1, %x1;\n";
        assertThat(failure(new TestKernel(local + "atom.add.u32 %r1, [%x1], 1;"), SimulatorCode.UNDEFINED, "atom", 0))
                .contains("an atomic operation at local address 0");
        passes(new TestKernel(local + "ld.u32 %r1, [%x1];"));
    }

    @Test
    void uniformLoadsReadOneAddressOfConstantData() {
        String apart = "mad.wide.u32 %x1, %t, 4, %in;\nldu.global.u32 %r1, [%x1];";
        failure(new TestKernel(apart).input(new int[32]), SimulatorCode.UNDEFINED, "ldu", 1);
        String read = "ldu.global.u32 %r1, [%in];\n";
        failure(new TestKernel(read + "st.global.u32 [%in], 5;").input(1), SimulatorCode.READ_ONLY, "st.global", 0);
        String generic = "ldu.u32 %r1, [%in];\n";
        failure(new TestKernel(generic + "st.global.u32 [%in], 5;").input(1), SimulatorCode.READ_ONLY, "st.global", 0);
        String shared = "mov.u64 %x1, s;\ncvta.shared.u64 %x1, %x1;\nst.shared.u32 [s], 1;\nldu.u32 %r1, [%x1];";
        failure(new TestKernel(shared), SimulatorCode.UNDEFINED, "ldu", 0);
        passes(new TestKernel(read + generic + "st.global.u32 [%o], %r1;").input(1));
    }

    /** The lanes behind the rows' addresses give 1 and 1028 there. */
    @Test
    void allLanesGiveAddressesToOldMatrixLoads() {
        for (int count : new int[] {1, 2}) {
            String fill =
                    "st.shared.v4.u32 [%r9], {%t, %t, %t, %t};\nbar.sync 0;\nsetp.lt.u32 %p1, %t, " + 8 * count + ";\n";
            String load = "ldmatrix.sync.aligned.m8n8.x" + count + ".shared.b16 "
                    + (count == 1 ? "{%r1}" : "{%r1, %r2}") + ", [%r8];";
            String at = "shl.b32 %r9, %t, 4;\n";
            String odd = at + fill + "selp.b32 %r8, %r9, 1, %p1;\n" + load;
            String beyond = at + fill + "selp.b32 %r8, %r9, 1024, %p1;\n" + load;
            failure(new TestKernel(odd).target("sm_75"), SimulatorCode.MISALIGNED, "ldmatrix", 8 * count);
            failure(new TestKernel(beyond).target("sm_75"), SimulatorCode.OUT_OF_BOUNDS, "ldmatrix", 8 * count);
            passes(new TestKernel(odd));
            passes(new TestKernel(beyond));
            passes(new TestKernel(at + fill + "mov.u32 %r8, %r9;\n" + load).target("sm_75"));
        }
    }

    /** In units of 256 bytes before compute capability 8.0, of 128 since. */
    @Test
    void sharedMemoryIsAllocatedInUnits() {
        String total = "mov.u32 %r1, %total_smem_size;\nst.global.u32 [%o], %r1;";
        for (int extra : new int[] {0, 1, 128, 129, 256}) {
            for (String target : new String[] {"sm_75", "sm_80"}) {
                int unit = target.equals("sm_75") ? 256 : 128;
                int units = (1024 + extra + unit - 1) / unit;
                try (TestKernel kernel = new TestKernel(total).target(target).dynamicShared(extra)) {
                    assertThat(kernel.words(1)).containsExactly(unit * units);
                }
            }
        }
    }

    @Test
    void blocksHaveOneDimension() {
        for (String flat : new String[] {".reqntid 32", ".reqntid 32, 1, 1", ".maxntid 16, 16, 1"}) {
            passes(new TestKernel("").directive(flat));
        }
        for (String deep : new String[] {".reqntid 16, 2", ".reqntid 1, 32, 1", ".reqntid 8, 1, 4"}) {
            assertThatThrownBy(() -> new TestKernel("").directive(deep).launch())
                    .hasMessageContainingAll(SimulatorCode.UNKNOWN.id(), "more than one dimension");
        }
    }

    @Test
    void targetsAreKnown() {
        passes(new TestKernel("").target("sm_90a"));
        for (String other : new String[] {"compute_80", "sm_8", "sm_80x"}) {
            assertThatThrownBy(() -> new TestKernel("").target(other).launch())
                    .hasMessageContainingAll(SimulatorCode.UNKNOWN.id(), "target '" + other + "'");
        }
    }

    /** Lane 0 has ended where the others go wrong. */
    @Test
    void whoHasEndedIsNotNamed() {
        String ended = "setp.lt.u32 %p1, %t, 3;\n@%p1 ret;\n";
        failure(new TestKernel(ended + "LOOP: bra LOOP;"), SimulatorCode.ENDLESS, "LOOP: bra", 3);
        failure(new TestKernel(ended + "bar.sync 0, 64;"), SimulatorCode.BARRIER_BLOCKED, "bar.sync", 3);
        String twice = ended + "setp.lt.u32 %p2, %t, 32;\n@%p2 bar.arrive 0, 96;\n@!%p2 bar.sync 0, 128;";
        failure(new TestKernel(twice).threads(64), SimulatorCode.UNDEFINED, "@!%p2 bar", 32);
    }

    @Test
    void synchronisationsAreCounted() {
        SimulatorOptions options = SimulatorOptions.defaults().withThreads(1).withInstructionsPerBlock(20_000_000);
        String forEver = "setp.lt.u32 %p1, %t, 3;\n@%p1 ret;\nLOOP: bar.warp.sync 0xffffffff;\nbra LOOP;";
        assertThat(failure(new TestKernel(forEver, options), SimulatorCode.INTERVALS, "bar.warp", 3))
                .contains("2097151 times");
    }
}
