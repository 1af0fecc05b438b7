package dev.octet.simulator;

import static dev.octet.simulator.StrictnessTest.failure;
import static dev.octet.simulator.StrictnessTest.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** A kernel that waits for earlier ones uses nothing of theirs before. */
class DependentLaunchTest {
    private static final String WAIT = "griddepcontrol.wait;\n";

    private static TestKernel kernel(String instructions) {
        return new TestKernel(instructions).target("sm_90").input(1, 2, 3);
    }

    @Test
    void nothingOfEarlierKernelsIsUsedBeforeTheWait() {
        String load = "ld.global.u32 %r1, [%in];\n";
        assertThat(failure(kernel(load + WAIT), SimulatorCode.EARLIER_KERNELS, "ld.global", 0))
                .contains("byte 0 of the allocation of 12 bytes");
        failure(kernel("st.global.u32 [%o], 1;\n" + WAIT), SimulatorCode.EARLIER_KERNELS, "st.global", 0);
        failure(
                kernel("cp.async.ca.shared.global [%t4], [%in], 4;\n" + WAIT),
                SimulatorCode.EARLIER_KERNELS,
                "cp.async",
                0);
        failure(kernel("red.global.add.u32 [%in], 1;\n" + WAIT), SimulatorCode.EARLIER_KERNELS, "red.global", 0);
        String some = "setp.lt.u32 %p1, %t, 9;\n@%p1 " + WAIT;
        failure(kernel(some + "st.global.u32 [%o], 1;\n"), SimulatorCode.EARLIER_KERNELS, "st.global", 9);
        passes(kernel(WAIT + load + "griddepcontrol.launch_dependents;\nst.global.u32 [%o], %r1;\n"));
        passes(kernel("griddepcontrol.launch_dependents;\n" + load));
    }

    @Test
    void kernelsThatDoNotWaitAreRefusedWhereTheyMayBeginEarly() {
        SimulatedEntry waits = SimulatedModule.load(kernel(WAIT).ptx()).entry("k");
        waits.requireWait();
        SimulatedEntry doesNot = SimulatedModule.load(
                        kernel("griddepcontrol.launch_dependents;\n").ptx())
                .entry("k");
        assertThatThrownBy(doesNot::requireWait)
                .hasMessageContaining("OCTET-SIM-006")
                .hasMessageContaining("has no 'griddepcontrol.wait'");
    }

    @Test
    void whatTheHostProtectsMayBeReadBefore() {
        try (Simulator simulator = new Simulator();
                TestKernel kernel = kernel("ld.global.u32 %r1, [%in];\n" + WAIT + "st.global.u32 [%o], %r1;")) {
            SimulatedEntry entry = SimulatedModule.load(kernel.ptx()).entry("k");
            long in = simulator.memory().allocate(4);
            long out = simulator.memory().allocate(128);
            simulator.memory().upload(in, new byte[] {7, 0, 0, 0});
            simulator.memory().protect(in);
            byte[] parameters = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(in)
                    .putLong(out)
                    .array();
            simulator.launch(entry, 1, 1, 32, 0, parameters);

            assertThat(simulator.memory().download(out, 4)).containsExactly(7, 0, 0, 0);
        }
    }
}
