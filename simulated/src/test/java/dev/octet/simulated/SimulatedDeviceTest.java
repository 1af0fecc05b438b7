package dev.octet.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.CudaCode;
import dev.octet.plan.Target;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.SimulatorOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CUDA device's launch path on the simulator, with kernels that are right and kernels that are not. */
class SimulatedDeviceTest {
    private static final byte[] IMAGE = {0, 1, 127, -128, -2, -1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 77, 78};

    private final Device device = open(1 << 20);

    private static Device open(long memoryBytes) {
        return SimulatedDeviceProvider.open(
                Target.SM_61, SimulatorOptions.defaults().withThreads(1).withMemoryBytes(memoryBytes));
    }

    @AfterEach
    void close() {
        device.close();
    }

    private static float[] run(DeviceSession session, int n) {
        float[] results = new float[n * TinyNetwork.PIXELS];
        session.run(n, List.of(ByteBuffer.wrap(IMAGE)), List.of(FloatBuffer.wrap(results)));
        return results;
    }

    private static float[] expected(int n) {
        float[] expected = new float[n * TinyNetwork.PIXELS];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = TinyNetwork.expected(IMAGE[i]);
        }
        return expected;
    }

    /** Runs 2 images, then 1, in a network whose PTX is changed, which must fail. */
    private void assertFails(boolean keepValues, UnaryOperator<String> spoil, DiagnosticCode code, String... parts) {
        assertThatThrownBy(() -> {
                    try (DeviceNetwork network = device.load(TinyNetwork.image(spoil));
                            DeviceSession session = network.newSession(new SessionRequest(2, keepValues))) {
                        run(session, 2);
                        run(session, 1);
                    }
                })
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    /** A change that must find what it changes. */
    private static UnaryOperator<String> replace(String from, String to) {
        return ptx -> {
            assertThat(ptx).contains(from);
            return ptx.replace(from, to);
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runsAndRunsAgain(boolean keepValues) {
        try (DeviceNetwork network = device.load(TinyNetwork.image(ptx -> ptx));
                DeviceSession session = network.newSession(new SessionRequest(3, keepValues))) {
            for (int n : new int[] {3, 1, 2, 3, 1}) {
                assertThat(run(session, n)).containsExactly(expected(n));
            }
            assertThat(network.description())
                    .isEqualTo("sm_61 kernels on simulated sm_61 (compute capability 6.1): 0 loaded as machine code,"
                            + " 2 compiled from PTX by the driver");
        }
    }

    @Test
    void hasNoClock() {
        try (DeviceNetwork network = device.load(TinyNetwork.image(ptx -> ptx));
                DeviceSession session = network.newSession(new SessionRequest(1, false))) {
            float[] results = new float[TinyNetwork.PIXELS];
            assertThat(session.hasClock()).isFalse();
            assertThat(session.replays()).isEmpty();
            assertThat(device.clockedGpu()).isEmpty();
            assertThat(session.runTimed(1, List.of(ByteBuffer.wrap(IMAGE)), List.of(FloatBuffer.wrap(results))))
                    .isEmpty();
            assertThat(results).as("nothing has run").containsOnly(0);
        }
    }

    @Test
    void sessionsOfOneNetworkAreIndependent() {
        try (DeviceNetwork network = device.load(TinyNetwork.image(ptx -> ptx));
                DeviceSession one = network.newSession(new SessionRequest(2, true));
                DeviceSession other = network.newSession(new SessionRequest(3, false))) {
            run(one, 1);
            assertThat(run(other, 3)).containsExactly(expected(3));
            assertThat(one.value(1)).hasSize(TinyNetwork.PIXELS * 16);
        }
    }

    /** Also on a later device, where recorded runs see the constants that were copied since. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void constantsOfASessionAreItsOwn(boolean keepValues) {
        try (Device later = SimulatedDeviceProvider.open(
                        Target.SM_80, SimulatorOptions.defaults().withThreads(1).withMemoryBytes(1 << 20));
                DeviceNetwork network = later.load(TinyNetwork.image(ptx -> ptx));
                DeviceSession own = network.newSession(new SessionRequest(2, keepValues, true));
                DeviceSession shared = network.newSession(new SessionRequest(2, keepValues))) {
            for (float step : new float[] {3, 0.125f, 3}) {
                own.constants(
                        Map.of(1, TinyNetwork.image(ptx -> ptx).constants().get(1), 2, new Constants.Dequantize(step)));
                float[] found = run(own, 2);
                for (int i = 0; i < found.length; i++) {
                    assertThat(found[i]).isEqualTo(expected(2)[i] / TinyNetwork.STEP * step);
                }
                assertThat(run(shared, 2)).containsExactly(expected(2));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesKernelLayerLineAndThreadOfAMistake(boolean keepValues) {
        assertFails(
                keepValues,
                replace("mul.wide.s32 %rd4, %r3, 1;", "mul.wide.s32 %rd4, %r3, -1;"),
                SimulatorCode.OUT_OF_BOUNDS,
                "Kernel quantize_k for layer image.q, line 24 (ld.global.u8), block (0, 0), thread 1: 1 bytes at");
    }

    /** Beyond a value lies another one in the plan's arena, and nothing where values are kept apart. */
    @Test
    void findsReadsBeyondAValue() {
        assertFails(
                true,
                replace("ld.global.s8 %r6, [%rd5];", "ld.global.s8 %r6, [%rd5+16];"),
                SimulatorCode.OUT_OF_BOUNDS,
                "Kernel dequantize_k for layer image.dq");
    }

    /** The run of 1 image reads the second one, which only the run before it wrote. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsReadsOfImagesThatAreNotThere(boolean keepValues) {
        assertFails(
                keepValues,
                replace("\tld.global.u8 %r6, [%rd5];\n", """
                        \tsub.s32 %r8, 2, %r4;
                        \tmul.wide.s32 %rd6, %r8, 6;
                        \tadd.s64 %rd5, %rd5, %rd6;
                        \tld.global.u8 %r6, [%rd5];
                        """),
                SimulatorCode.UNWRITTEN_MEMORY,
                "Kernel quantize_k for layer image.q");
    }

    /** Weights and constants are read-only. */
    @Test
    void findsWritesToConstants() {
        assertFails(
                false,
                replace("st.global.f32 [%rd7], %f3;", "st.global.f32 [%rd3], %f3;"),
                SimulatorCode.READ_ONLY,
                "Kernel dequantize_k for layer image.dq",
                "which the host has protected");
    }

    /** What the run before left does not count: this kernel writes nothing for one image. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsReadsOfWhatAnEarlierRunWrote(boolean keepValues) {
        assertFails(
                keepValues,
                replace("\tmov.u32 %r8, 0;\n", "\tmov.u32 %r8, 0;\n\tsetp.eq.s32 %p1, %r4, 1;\n\t@%p1 bra DONE;\n"),
                SimulatorCode.UNWRITTEN_MEMORY,
                "Kernel dequantize_k for layer image.dq",
                "byte 0 was never written");
    }

    /** In the plan's arena the results lie where the image was, so that its bytes must be forgotten first. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsResultsThatAreLeftOut(boolean keepValues) {
        assertFails(
                keepValues,
                replace("st.global.f32 [%rd7], %f3;", ""),
                SimulatorCode.HOST_MEMORY,
                "The copy for output out of 48 bytes",
                "byte 0 was never written");
    }

    /** Padding is part of a value. */
    @Test
    void findsPaddingThatIsLeftOut() {
        UnaryOperator<String> spoil =
                replace("st.global.v4.u32 [%rd7], {%r7, %r8, %r8, %r8};", "st.global.u32 [%rd7], %r7;");
        try (DeviceNetwork network = device.load(TinyNetwork.image(spoil));
                DeviceSession session = network.newSession(new SessionRequest(1, true))) {
            run(session, 1);
            assertThatThrownBy(() -> session.value(1))
                    .hasMessageContaining("[OCTET-SIM-007] The copy for value image.q of 96 bytes")
                    .hasMessageContaining("byte 4 was never written");
        }
    }

    @Test
    void saysWhatItDoesNotSimulate() {
        assertFails(
                false,
                replace("mul.rn.f32 %f3, %f1, %f2;", "ex2.approx.f32 %f3, %f1;"),
                CudaCode.PTX_REFUSED,
                "The driver of simulated:sm_61 cannot load kernel quantize_k",
                "[OCTET-SIM-002] Line 59 of the PTX: the simulator does not know instruction 'ex2.approx.f32'");
    }

    @Test
    void refusesPtxForLaterDevices() {
        assertFails(
                false,
                replace(".target sm_61", ".target sm_80"),
                CudaCode.PTX_REFUSED,
                "PTX for sm_80 does not run on sm_61");
    }

    @Test
    void saysThatItsMemoryIsFull() {
        try (Device small = open(1500);
                DeviceNetwork network = small.load(TinyNetwork.image(ptx -> ptx))) {
            assertThatThrownBy(() -> network.newSession(new SessionRequest(5, false)))
                    .hasMessageContaining("[OCTET-CUDA-006] simulated:sm_61 has no memory for the values of a session")
                    .hasMessageContaining("2560 bytes asked, 988 bytes of 1500 bytes free");
        }
    }

    /** A mistake of a kernel does not lose the device. */
    @Test
    void canBeUsedAfterAMistake() {
        namesKernelLayerLineAndThreadOfAMistake(false);
        runsAndRunsAgain(false);
    }
}
