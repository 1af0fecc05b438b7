package dev.octet.simulator.machinecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.Commands;
import dev.octet.plan.diag.OctetException;
import dev.octet.testkit.Mutator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cubin of small kernels, as ptxas makes them. */
class CubinTest {
    private static final long SEED = Long.getLong("octet.seed", 5);
    private static final String PTX = """
            .version 7.0
            .target sm_80
            .address_size 64
            .visible .entry dots(.param .u64 p) {
            .reg .b64 %x<4>; .reg .b32 %r<8>; .reg .f32 %f<2>;
            ld.param.u64 %x0, [p];
            ld.global.v2.u32 {%r0, %r1}, [%x0];
            dp4a.s32.s32 %r2, %r0, %r1, 0;
            dp4a.s32.s32 %r3, %r2, %r1, %r0;
            st.global.u32 [%x0], %r3;
            ret;
            }
            .visible .entry products(.param .u64 p) {
            .reg .b64 %x<4>; .reg .b32 %r<16>;
            .shared .align 16 .b8 s[512];
            ld.param.u64 %x0, [p];
            mov.u32 %r9, s;
            cp.async.cg.shared.global [%r9], [%x0], 16;
            cp.async.wait_all;
            bar.sync 0;
            ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r0, %r1, %r2, %r3}, [%r9];
            ld.global.v2.u32 {%r4, %r5}, [%x0];
            mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32
                {%r10, %r11, %r12, %r13}, {%r0, %r1, %r2, %r3}, {%r4, %r5}, {%r0, %r1, %r2, %r3};
            st.global.v4.u32 [%x0+16], {%r10, %r11, %r12, %r13};
            ret;
            }
            .visible .entry spills(.param .u64 p) {
            .reg .b64 %x<6>; .reg .b32 %r<4>;
            .local .align 16 .b8 l[64];
            ld.param.u64 %x0, [p];
            ld.global.v2.u32 {%r0, %r1}, [%x0];
            mul.wide.u32 %x2, %r0, 4;
            mov.u64 %x1, l;
            add.s64 %x3, %x1, %x2;
            st.local.u32 [%x3], %r1;
            ld.local.u32 %r2, [%x1+8];
            st.global.u32 [%x0], %r2;
            ret;
            }
            """;

    private static byte[] bytes;

    @BeforeAll
    static void assemble(@TempDir Path directory) throws Exception {
        String needed = "reading cubins needs ptxas on the PATH";
        if (!Commands.isFound("ptxas")) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(Commands.isFound("ptxas"), needed);
        Files.writeString(directory.resolve("small.ptx"), PTX);
        Commands.run(directory, 60, List.of("ptxas", "-arch=sm_80", "small.ptx", "-o", "small.cubin"));
        bytes = Files.readAllBytes(directory.resolve("small.cubin"));
    }

    @Test
    void countsInstructions() {
        Cubin cubin = Cubin.read(bytes);
        assertThat(cubin.counts()).containsOnlyKeys("dots", "products", "spills");
        assertThat(cubin.count("dots", MachineOpcode.IDP)).isEqualTo(2);
        assertThat(cubin.count("dots", MachineOpcode.IMMA)).isZero();
        assertThat(cubin.count("products", MachineOpcode.IMMA)).isEqualTo(1);
        assertThat(cubin.count("products", MachineOpcode.LDSM)).isEqualTo(1);
        assertThat(cubin.count("products", MachineOpcode.LDGSTS)).isEqualTo(1);
        assertThat(cubin.count("products", MachineOpcode.IDP)).isZero();
        assertThat(cubin.count("products", MachineOpcode.LDL)).isZero();
        assertThat(cubin.count("spills", MachineOpcode.LDL)).isPositive();
        assertThat(cubin.count("spills", MachineOpcode.STL)).isPositive();
        assertThatThrownBy(() -> cubin.count("other", MachineOpcode.IDP))
                .hasMessageContaining("dots, products, spills");
    }

    @Test
    void damagedFilesAreRefusedOrRead() {
        Mutator mutator = new Mutator(SEED);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = mutator.mutate(bytes);
            try {
                Cubin.read(damaged);
            } catch (OctetException e) {
                assertThat(e).hasMessageContaining("OCTET-SIM-009");
            } catch (RuntimeException e) {
                throw new AssertionError("mutation " + i + " of -Doctet.seed=" + SEED, e);
            }
        }
        assertThatThrownBy(() -> Cubin.read(new byte[64])).hasMessageContaining("ELF");
    }
}
