package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import dev.octet.testkit.CapturedLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Machine code or PTX, and what the device says of networks that have neither. */
class KernelLoaderTest {
    private static final int NO_BINARY_FOR_GPU = 209;
    private static final Set<String> BOTH = Set.of("quantize_k", "dequantize_k");

    private final FakeDriver driver = TinyNetwork.driver(86);
    private final CudaDevice device = CudaDeviceProvider.open(driver, 0);
    private final CapturedLog log = new CapturedLog(KernelLoader.class.getName());

    @AfterEach
    void leavesNothing() {
        log.close();
        device.close();
        assertThat(driver.live).isEmpty();
    }

    /** Kernels of which some have machine code and some have PTX. */
    private record Files(Set<String> cubins, Set<String> ptx) implements NetworkImage.Kernels {
        @Override
        public Optional<String> ptx(Target target, Step.Kernel kernel) {
            return ptx.contains(kernel.name()) ? Optional.of("PTX of " + kernel.name()) : Optional.empty();
        }

        @Override
        public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
            assertThat(capability).isEqualTo(86);
            return cubins.contains(kernel.name()) ? Optional.of(new byte[] {1}) : Optional.empty();
        }
    }

    private static NetworkImage image(NetworkImage.Kernels kernels) {
        NetworkImage image = TinyNetwork.image();
        return new NetworkImage(image.plan(), image.layers(), image.constants(), kernels);
    }

    private String description(NetworkImage.Kernels kernels) {
        try (DeviceNetwork network = device.load(image(kernels))) {
            return network.description();
        }
    }

    private static void assertFails(CudaCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    @Test
    void prefersMachineCode() {
        assertThat(description(new Files(BOTH, Set.of()))).contains("2 loaded as machine code, 0 compiled");
        assertThat(description(new Files(Set.of("quantize_k"), Set.of("dequantize_k"))))
                .contains("1 loaded as machine code, 1 compiled");
        driver.failNext("load", DriverException.INVALID_PTX);
        assertThat(description(new Files(BOTH, BOTH))).as("no PTX is loaded").contains("2 loaded");
        assertThat(log.records()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {NO_BINARY_FOR_GPU, 200, 300, 801})
    void compilesPtxInsteadOfMachineCodeThatTheDriverRefuses(int result) {
        driver.failNext("loadCubin", result);
        assertThat(description(new Files(BOTH, BOTH))).contains("1 loaded as machine code, 1 compiled");
        assertThat(log.records()).hasSize(1);
        assertThat(log.records().get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(log.records().get(0).getMessage())
                .contains("cuda:0 (CUDA 12.4)", "kernel quantize_k of test.Tiny", "error " + result, "driver");
    }

    @Test
    void saysItOnceForANetwork() {
        Runnable again = () -> driver.failNext("loadCubin", NO_BINARY_FOR_GPU);
        again.run();
        driver.pauseNext("load", again);
        assertThat(description(new Files(BOTH, BOTH))).contains("0 loaded as machine code, 2 compiled");
        assertThat(log.records()).hasSize(1);
    }

    @Test
    void saysWhatToDoWithoutPtx() {
        driver.failNext("loadCubin", NO_BINARY_FOR_GPU);
        assertFails(
                CudaCode.CUBIN_REFUSED,
                () -> description(new Files(BOTH, Set.of("dequantize_k"))),
                "machine code of kernel quantize_k",
                "error 209",
                "newer NVIDIA driver");
        driver.failNext("loadCubin", DriverException.OUT_OF_MEMORY);
        assertFails(CudaCode.OUT_OF_MEMORY, () -> description(new Files(BOTH, BOTH)), "kernel quantize_k");
        assertThat(log.records()).isEmpty();
    }

    /** Something that ran before lost it: neither machine code nor PTX is to blame. */
    @ParameterizedTest
    @CsvSource({"loadCubin, true", "loadCubin, false", "load, true"})
    void saysThatTheContextIsLost(String call, boolean hasPtx) {
        driver.failNext(call, FakeDriver.ILLEGAL_ADDRESS);
        Set<String> cubins = call.equals("loadCubin") ? BOTH : Set.of();
        NetworkImage.Kernels kernels = new Files(cubins, hasPtx ? BOTH : Set.of());
        assertFails(CudaCode.LOST, () -> description(kernels), "cuda:0 cannot be used", "error 700");
        assertFails(CudaCode.LOST, () -> description(new Files(BOTH, BOTH)), "error 700");
        assertThat(log.records()).isEmpty();
    }

    @Test
    void hasNoObjectionToWhatItRuns() {
        assertThat(device.objection(image(new Files(BOTH, Set.of())))).isEmpty();
        assertThat(device.objection(image(new Files(Set.of(), BOTH)))).isEmpty();
        assertThat(device.objection(image(new Files(Set.of("quantize_k"), Set.of("dequantize_k")))))
                .isEmpty();
    }

    private void assertObjects(CudaCode code, NetworkImage image) {
        assertThat(device.objection(image)).hasValueSatisfying(objection -> {
            assertThat(objection.code()).isEqualTo(code);
            assertThat(objection).hasMessageContaining("test.Tiny");
            assertFails(code, () -> device.load(image), objection.getMessage());
        });
    }

    @Test
    void objectsToWhatAnotherDeviceMayRun() {
        assertObjects(CudaCode.NO_PTX, image(new Files(Set.of("quantize_k"), Set.of("quantize_k"))));
        assertObjects(CudaCode.NO_PROGRAM, TinyNetwork.image(TinyNetwork.plan(List.of())));
        Step step = TinyNetwork.QUANTIZE;
        Geometry clustered = new Geometry(6, 4, 1, 32, 0, 2, false);
        assertObjects(CudaCode.UNSUPPORTED, withGeometry(step, clustered));
        assertObjects(CudaCode.LIMIT, withGeometry(step, new Geometry(6, 4, 1, 32, 1 << 20, 1, false)));
    }

    private static NetworkImage withGeometry(Step step, Geometry geometry) {
        Step changed =
                new Step(step.region(), step.kernel(), geometry, step.arguments(), step.tensorMaps(), step.workspace());
        LaunchProgram program = TinyNetwork.program(List.of(changed));
        return TinyNetwork.image(TinyNetwork.plan(List.of(program)));
    }

    @Test
    void doesNotObjectToDamage() {
        NetworkImage.Kernels damaged = (target, kernel) -> {
            throw new OctetException(RuntimeCode.DAMAGED_KERNEL, "k.ptx", kernel.name());
        };
        assertThatThrownBy(() -> device.objection(image(damaged))).hasMessageContaining("[OCTET-RUN-023]");
        NetworkImage image = TinyNetwork.image();
        NetworkImage bare = new NetworkImage(image.plan(), Map.of(), Map.of(), image.kernels());
        assertThat(device.objection(bare)).as("load says so").isEmpty();
    }
}
