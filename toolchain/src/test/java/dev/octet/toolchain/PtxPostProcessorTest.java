package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtxPostProcessorTest {
    private static String process(String ptx) {
        return new PtxPostProcessor().process(Target.SM_61, "k", "nvcc 1.0", ptx);
    }

    private static String withInstruction(String instruction) {
        return FakeToolkit.PTX.replace("\tret;", "\t" + instruction + "\n\tret;");
    }

    @Test
    void declaresTargetAndLowestVersion() {
        assertThat(process(FakeToolkit.PTX))
                .startsWith(".version 5.0\n.target sm_61\n.address_size 64\n")
                .contains("dp4a.s32.s32")
                .doesNotContain("Build ID");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bar.sync 0;                                      | 5.0
            bar.warp.sync 0xffffffff;                        | 6.0
            barrier.sync 0;                                  | 6.0
            @%p1 shfl.sync.bfly.b32 %r1, %r2, 1, 31, -1;     | 6.0
            @!%p1 activemask.b32 %r1;                        | 6.2
            { .reg .b32 t; activemask.b32 t; mov.b32 %r1,t; }| 6.2
            ld.global.L1::no_allocate.u32 %r1, [%rd1];       | 9.0
            cp.async.ca.shared.global [%r1], [%rd1], 4, %r2; | 7.0
            cp.async.cg.shared.global [%r1], [%rd1], 16, %r2;| 7.0
            cp.async.wait_group 2;                           | 7.0
            cp.async.bulk.wait_group 0;                      | 9.0
            brandnew.s32 %r1, %r2;                           | 9.0
            mov.b64 {%r1, %r2}, %rd1;                        | 5.0
            """)
    void declaresWhatTheInstructionsNeed(String instruction, String version) {
        assertThat(process(withInstruction(instruction))).startsWith(".version " + version + "\n");
    }

    @Test
    void knowsTheInstructionsOfTensorCores() {
        String ptx = withInstruction("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r1, %r2, %r3, %r4}, [%r5];\n"
                + "\tmma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 {%r1}, {%r2}, {%r3}, {%r4};");

        assertThat(new PtxPostProcessor().process(Target.SM_80, "k", "nvcc 1.0", ptx))
                .startsWith(".version 7.0\n.target sm_80\n");
    }

    @Test
    void knowsTheInstructionsOfTuringsTensorCores() {
        String ptx = withInstruction("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r1, %r2, %r3, %r4}, [%r5];\n"
                + "\tmma.sync.aligned.m8n8k16.row.col.s32.u8.s8.s32 {%r1, %r2}, {%r3}, {%r4}, {%r1, %r2};");

        assertThat(new PtxPostProcessor().process(Target.SM_75, "k", "nvcc 1.0", ptx))
                .startsWith(".version 6.5\n.target sm_75\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            griddepcontrol.wait;                                                         | 8.0
            fence.proxy.async;                                                           | 8.0
            fence.proxy.async.shared::cta;                                               | 8.0
            fence.proxy.async.global;                                                    | 9.0
            wgmma.fence.sync.aligned;                                                    | 8.0
            wgmma.wait_group.sync.aligned 0;                                             | 8.0
            wgmma.mma_async.sync.aligned.m64n8k32.s32.s8.s8 {%r1}, %rd1, %rd2, p;        | 8.0
            { setp.ne.b32 p, %r1, 0; wgmma.mma_async.sync.aligned.m64n256k32.s32.u8.s8 {%r1}, %rd1, %rd2, p; } | 8.4
            wgmma.mma_async.sync.aligned.m64n8k32.s32.s8.s8.satfinite {%r1}, %rd1, %rd2, p; | 9.0
            """)
    void knowsTheInstructionsOfHopper(String instruction, String version) {
        assertThat(new PtxPostProcessor().process(Target.SM_90A, "k", "nvcc 1.0", withInstruction(instruction)))
                .startsWith(".version " + version + "\n.target sm_90a\n");
    }

    @Test
    void givesTheSameTextWhereverItWasCompiled() {
        String one = FakeToolkit.PTX + ".func _ZN37_INTERNAL_05383e41_9_kernel_cu_k_test39_GLOBAL__N__"
                + "05383e41_9_kernel_cu_k_test6helperEi()\n{\n\tret;\n}\n";
        String other = one.replace("05383e41", "a1b2c3d4").replace("CL-1", "CL-1 in /home/x");

        assertThat(process(other))
                .isEqualTo(process(one))
                .contains("_INTERNAL_00000000_9_kernel_cu_k_test39_GLOBAL__N__00000000_9_kernel_cu");
    }

    @Test
    void isStable() {
        String once = process(FakeToolkit.PTX);

        assertThat(process(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({".version 9.0, has no .version", ".target sm_75, has no .target", ".visible .entry k, has 0 entry"})
    void refusesWhatIsNotPtx(String part, String complaint) {
        assertThatThrownBy(() -> process(FakeToolkit.PTX.replace(part, "")))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(ToolchainCode.MALFORMED_PTX))
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesTwoEntryPoints() {
        assertThatThrownBy(() -> process(FakeToolkit.PTX + ".visible .entry k2()\n{\n\tret;\n}\n"))
                .hasMessageContaining("has 2 entry points");
    }
}
