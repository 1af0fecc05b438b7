package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device runs where kernels of its best target are missing, or too new for its driver. */
class RunnableTargetTest {
    private static final List<Target> ALL = List.of(Target.SM_61, Target.SM_80, Target.SM_90A);
    private static final String PTX = "// octet\n.version 8.4\n";

    private final FakeDriver driver = TinyNetwork.driver(90);
    private final CudaDevice device = CudaDeviceProvider.open(driver, 0);
    private final CapturedLog log = new CapturedLog(CudaNetwork.class.getName());

    @AfterEach
    void leavesNothing() {
        log.close();
        device.close();
        assertThat(driver.live).isEmpty();
    }

    /** A network for several targets, of which some are compiled. */
    private static NetworkImage image(List<Target> targets, Set<Target> compiled) {
        return image(targets, (target, kernel) -> compiled.contains(target) ? Optional.of(PTX) : Optional.empty());
    }

    private static NetworkImage image(List<Target> targets, NetworkImage.Kernels kernels) {
        LaunchProgram any = TinyNetwork.program(List.of(TinyNetwork.QUANTIZE, TinyNetwork.DEQUANTIZE));
        Plan plan = TinyNetwork.plan(targets.stream()
                .map(target -> new LaunchProgram(
                        target, 1, any.maxBatch(), any.buffers(), any.arenaBytesPerImage(), any.steps()))
                .toList());
        NetworkImage image = TinyNetwork.image(plan);
        return new NetworkImage(plan, image.layers(), image.constants(), kernels);
    }

    /** Machine code for the best target, and PTX for some. */
    private static NetworkImage.Kernels withMachineCode(Set<Target> compiled) {
        return new NetworkImage.Kernels() {
            @Override
            public Optional<String> ptx(Target target, Step.Kernel kernel) {
                return compiled.contains(target) ? Optional.of(PTX) : Optional.empty();
            }

            @Override
            public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
                return target == Target.SM_90A ? Optional.of(new byte[] {1}) : Optional.empty();
            }
        };
    }

    private String loaded(NetworkImage image) {
        assertThat(device.objection(image)).isEmpty();
        assertThat(log.records()).as("an objection warns of nothing").isEmpty();
        try (DeviceNetwork network = device.load(image);
                var session = network.newSession(new DeviceNetwork.SessionRequest(1, false))) {
            byte[] pixels = {0, 1, 2, 3, 4, 5};
            FloatBuffer out = FloatBuffer.allocate(TinyNetwork.PIXELS);
            session.run(1, List.of(ByteBuffer.wrap(pixels)), List.of(out));
            assertThat(out.get(3)).isEqualTo(TinyNetwork.quantized(3) * TinyNetwork.STEP);
            return network.description();
        }
    }

    private String warning() {
        assertThat(log.records())
                .singleElement()
                .extracting(LogRecord::getLevel)
                .isEqualTo(Level.WARNING);
        return log.records().get(0).getMessage();
    }

    @Test
    void runsTheBestTargetWithoutAWordIfItIsThere() {
        assertThat(loaded(image(ALL, Set.of(Target.SM_61, Target.SM_80, Target.SM_90A))))
                .startsWith("sm_90a kernels");
        assertThat(log.records()).isEmpty();
    }

    @Test
    void runsTheNextTargetIfTheBestWasNotCompiled() {
        assertThat(loaded(image(ALL, Set.of(Target.SM_61, Target.SM_80)))).startsWith("sm_80 kernels");
        assertThat(warning())
                .startsWith("test.Tiny runs on cuda:0 by its kernels for sm_80")
                .contains(
                        "longer than by those for sm_90a: [OCTET-CUDA-003] Kernel quantize_k of test.Tiny has not been"
                                + " compiled for sm_90a");
    }

    @Test
    void passesOverSeveral() {
        assertThat(loaded(image(ALL, Set.of(Target.SM_61)))).startsWith("sm_61 kernels");
        assertThat(warning()).contains("kernels for sm_61", "those for sm_90a");
    }

    /** Nothing of a target is taken if one of its kernels is missing. */
    @Test
    void passesOverATargetThatIsCompiledInPart() {
        NetworkImage.Kernels kernels = (target, kernel) ->
                target == Target.SM_90A && kernel.name().equals("dequantize_k") ? Optional.empty() : Optional.of(PTX);
        assertThat(loaded(image(ALL, kernels))).startsWith("sm_80 kernels");
        assertThat(warning()).contains("Kernel dequantize_k of test.Tiny has not been compiled for sm_90a");
    }

    @Test
    void runsTheNextTargetIfTheDriverIsTooOldForTheBest() {
        driver.failNext("load", DriverException.UNSUPPORTED_PTX_VERSION);
        assertThat(loaded(image(ALL, Set.of(Target.SM_61, Target.SM_80, Target.SM_90A))))
                .startsWith("sm_80 kernels");
        assertThat(warning()).contains("[OCTET-CUDA-004]", "needs PTX 8.4. Install a newer NVIDIA driver");
    }

    /** A build of a newer toolkit for an older driver: machine code is refused first, then PTX. */
    @Test
    void saysOfMachineCodeOnlyThatTheTargetIsPassedOver() {
        NetworkImage.Kernels kernels = withMachineCode(Set.copyOf(ALL));
        driver.failNext("loadCubin", 209);
        driver.failNext("load", DriverException.UNSUPPORTED_PTX_VERSION);
        try (CapturedLog loader = new CapturedLog(KernelLoader.class.getName())) {
            assertThat(loaded(image(ALL, kernels))).startsWith("sm_80 kernels");
            assertThat(loader.records()).isEmpty();
        }
        assertThat(warning()).contains("[OCTET-CUDA-004]");
    }

    @Test
    void refusesWithTheWordsOfTheBestTargetIfNoneIsCompiled() {
        NetworkImage image = image(ALL, Set.of());
        assertThat(device.objection(image))
                .hasValueSatisfying(objection -> assertThat(objection).hasMessageContaining("compiled for sm_90a"));
        assertFails(CudaCode.NO_PTX, image, "compiled for sm_90a", "compiled for sm_80", "compiled for sm_61");
        assertThat(log.records()).isEmpty();
    }

    /** Loads what fails with that code and message, and with those of the other targets suppressed. */
    private void assertFails(CudaCode code, NetworkImage image, String message, String... suppressed) {
        assertThatThrownBy(() -> device.load(image))
                .isInstanceOfSatisfying(OctetException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.getSuppressed())
                            .zipSatisfy(
                                    suppressed,
                                    (other, part) -> assertThat(other).hasMessageContaining(part));
                })
                .hasMessageContaining(message);
    }

    /** Whatever else goes wrong is no reason to run slower kernels. */
    @ParameterizedTest
    @CsvSource({"2, OUT_OF_MEMORY", "700, LOST", "218, PTX_REFUSED"})
    void keepsToTheBestTargetIfLoadingFailsOtherwise(int result, CudaCode code) {
        driver.failNext("load", result);
        assertFails(code, image(ALL, Set.copyOf(ALL)), "cuda:0");
        assertThat(log.records()).isEmpty();
    }

    /** Then the next target would only meet the same, without its cause. */
    @Test
    void triesNoOtherTargetInALostContext() {
        driver.failNext("loadCubin", FakeDriver.ILLEGAL_ADDRESS);
        NetworkImage image = image(ALL, withMachineCode(Set.of(Target.SM_61, Target.SM_80)));
        assertThatThrownBy(() -> device.load(image))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(CudaCode.LOST))
                .hasCauseInstanceOf(DriverException.class);
    }

    @ParameterizedTest
    @CsvSource({"2, OUT_OF_MEMORY", "700, LOST"})
    void addsWhyBetterTargetsWerePassedOver(int result, CudaCode code) {
        driver.failNext("load", result);
        assertFails(code, image(ALL, Set.of(Target.SM_61)), "cuda:0", "compiled for sm_90a", "compiled for sm_80");
    }
}
