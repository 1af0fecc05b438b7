package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.cuda.CudaCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real driver answers when something is wrong. */
@Tag("gpu")
class FailuresGpuTest {
    private static final KernelSpec SPEC =
            KernelCatalog.rows().get(0).examples().get(0);
    private static final KernelCase CASE = KernelCase.of(SPEC, 1);
    private static final CaseKernels KERNELS = new CaseKernels(CASE, Gpu.TARGET);
    private static final LaunchProgram PROGRAM = KERNELS.programs().get(0);
    private static Device gpu;

    @BeforeAll
    static void open() {
        gpu = Gpu.open();
    }

    @AfterAll
    static void close() {
        if (gpu != null) {
            gpu.close();
        }
    }

    private static NetworkImage.Kernels ptx(String version, String statements) {
        String name = PROGRAM.steps().get(0).kernel().name();
        String text = ".version " + version + "\n.target sm_61\n.address_size 64\n.visible .entry " + name
                + "(.param .align 8 .b8 arguments[40])\n{\n" + statements + "\n\tret;\n}\n";
        return (target, kernel) -> Optional.of(text);
    }

    private static void assertFails(CudaCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    @Test
    void repeatsWhatTheDriversCompilerSays() {
        NetworkImage image = CASE.image(List.of(PROGRAM), ptx("5.0", "\tnonsense.s32 %r1;"));

        assertFails(CudaCode.PTX_REFUSED, () -> gpu.load(image), "nonsense");
    }

    @Test
    void saysThatTheDriverIsTooOld() {
        NetworkImage image = CASE.image(List.of(PROGRAM), ptx("99.0", ""));

        assertFails(CudaCode.PTX_TOO_NEW, () -> gpu.load(image), "needs PTX 99.0");
    }

    @Test
    void saysThatThePtxHasNotTheKernel() {
        NetworkImage.Kernels other = ptx("5.0", "");
        NetworkImage image = CASE.image(
                List.of(PROGRAM),
                (target, kernel) -> other.ptx(target, kernel).map(t -> t.replace(kernel.name(), "k")));

        assertFails(
                CudaCode.PTX_REFUSED,
                () -> gpu.load(image),
                PROGRAM.steps().get(0).kernel().name());
    }

    private static LaunchProgram withArena(long bytesPerImage) {
        return new LaunchProgram(
                PROGRAM.target(), 1, KernelCase.IMAGES, PROGRAM.buffers(), bytesPerImage, PROGRAM.steps());
    }

    @Test
    void saysWhatHadNoMemory() {
        NetworkImage image = CASE.image(List.of(withArena(1L << 40)), ptx("5.0", ""));
        try (DeviceNetwork network = gpu.load(image)) {
            assertFails(
                    CudaCode.OUT_OF_MEMORY,
                    () -> network.newSession(new SessionRequest(2, false)),
                    "2048.0 GiB asked",
                    "a session of test.Kernel for 2 images");
        }
    }

    @Test
    void freesWhatASessionHeld() {
        NetworkImage image = CASE.image(List.of(withArena(1L << 30)), ptx("5.0", ""));
        try (DeviceNetwork network = gpu.load(image)) {
            for (int i = 0; i < 200; i++) {
                try (DeviceSession session = network.newSession(new SessionRequest(2, false))) {
                    assertThat(session.deviceBytes()).isEqualTo(2L << 30);
                }
            }
        }
    }

    /** In a process of its own, because no other test could use the device afterwards. */
    @Test
    void losesTheDeviceAfterAnIllegalAddress() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LostDevice.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(output.lines())
                .anyMatch(line -> line.startsWith("first [OCTET-CUDA-009]") && line.contains("error 700"))
                .anyMatch(line -> line.startsWith("second [OCTET-CUDA-010]") && line.contains("error 700"))
                .anyMatch(line -> line.equals("closed"));
    }

    /** Runs a kernel that writes to address 8, twice. */
    static final class LostDevice {
        private LostDevice() {}

        public static void main(String[] arguments) {
            NetworkImage.Kernels wild = ptx(
                    "5.0",
                    "\t.reg .b64 %rd<2>;\n\t.reg .b32 %r<2>;\n\tmov.u64 %rd1, 8;\n\tmov.u32 %r1, 1;\n"
                            + "\tst.global.u32 [%rd1], %r1;");
            try (Device device = Gpu.open();
                    DeviceNetwork network = device.load(CASE.image(List.of(PROGRAM), wild));
                    DeviceSession session = network.newSession(new SessionRequest(1, false))) {
                attempt("first", session);
                attempt("second", session);
            }
            System.out.println("closed");
        }

        private static void attempt(String which, DeviceSession session) {
            try {
                session.run(1, CASE.inputs(), List.of());
                System.out.println(which + " succeeded");
            } catch (OctetException e) {
                System.out.println(which + " " + e.getMessage());
            }
        }
    }
}
