package dev.octet.cuda.gpu;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.CudaCode;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machine code instead of PTX: the same results, loaded quickly, and a way out if the driver refuses it. */
@Tag("gpu")
class CubinsGpuTest {
    private static final int BATCH = 4;
    private static final int CLASSES = 10;
    private static Device gpu;
    private static Device cpu;

    @BeforeAll
    static void open() {
        cpu = new CpuDevice(Runtime.getRuntime().availableProcessors());
        gpu = Gpu.open();
    }

    @AfterAll
    static void close() {
        cpu.close();
        if (gpu != null) {
            gpu.close();
        }
    }

    private static int capability() {
        return Gpu.driver().gpus().get(0).capability();
    }

    private static NetworkImage with(NetworkImage image, NetworkImage.Kernels kernels) {
        return new NetworkImage(image.plan(), image.layers(), image.constants(), kernels);
    }

    private static long kernelCount(NetworkImage image) {
        return image.plan().programs().stream()
                .flatMap(program -> program.steps().stream())
                .map(Step::kernel)
                .distinct()
                .count();
    }

    private static float[] run(DeviceNetwork network, int pixels) {
        byte[] images = new byte[BATCH * pixels];
        new Random(3).nextBytes(images);
        float[] results = new float[BATCH * CLASSES];
        try (DeviceSession session = network.newSession(new SessionRequest(BATCH, false))) {
            session.run(BATCH, List.of(ByteBuffer.wrap(images)), List.of(FloatBuffer.wrap(results)));
        }
        return results;
    }

    @ParameterizedTest
    @EnumSource
    void machineCodeGivesTheCpusBits(Target target) {
        CompiledNetwork compiled = TestNetworks.ODD.compile(target, BATCH);
        NetworkImage image = compiled.withKernels();
        NetworkImage assembled = with(image, new MachineCode(image.kernels(), capability(), false));
        assertThat(gpu.objection(assembled)).isEmpty();
        try (DeviceNetwork onGpu = gpu.load(assembled);
                DeviceNetwork onCpu = cpu.load(compiled.withoutKernels())) {
            assertThat(onGpu.description())
                    .contains(kernelCount(image) + " loaded as machine code, 0 compiled from PTX");
            assertThat(run(onGpu, TestNetworks.ODD.pixels())).containsExactly(run(onCpu, TestNetworks.ODD.pixels()));
        }
    }

    /** Machine code of another major compute capability. */
    @Test
    void machineCodeThatTheDriverRefusesIsReplacedByPtx() {
        int other = capability() / 10 == 8 ? 90 : 80;
        CompiledNetwork compiled = TestNetworks.RESIDUAL.compile(Gpu.TARGET, BATCH);
        NetworkImage image = compiled.withKernels();
        try (DeviceNetwork onGpu = gpu.load(with(image, new MachineCode(image.kernels(), other, true)));
                DeviceNetwork onCpu = cpu.load(compiled.withoutKernels())) {
            assertThat(onGpu.description())
                    .contains("0 loaded as machine code, " + kernelCount(image) + " compiled from PTX");
            int pixels = TestNetworks.RESIDUAL.pixels();
            assertThat(run(onGpu, pixels)).containsExactly(run(onCpu, pixels));
        }
        NetworkImage bare = with(image, new MachineCode(image.kernels(), other, false));
        assertThatThrownBy(() -> gpu.load(bare))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(CudaCode.CUBIN_REFUSED));
    }

    @Test
    void aNetworkWithoutKernelsIsObjectedTo() {
        NetworkImage bare = TestNetworks.RESIDUAL.compile(Gpu.TARGET, BATCH).withoutKernels();
        assertThat(gpu.objection(bare))
                .hasValueSatisfying(objection -> assertThat(objection.code()).isEqualTo(CudaCode.NO_PTX));
    }

    /** As many kernels and half the weights of ResNet-50. */
    @Test
    void manyKernelsLoadInUnderASecond() {
        NetworkImage image = CompiledNetwork.of(chain(), Target.SM_80, BATCH, Shape.of(3, 14, 14), CLASSES, 9)
                .withKernels();
        MachineCode kernels = new MachineCode(image.kernels(), capability(), false);
        NetworkImage assembled = with(image, kernels);
        assertThat(kernelCount(image)).isGreaterThan(25);
        gpu.objection(assembled); // assembles
        long best = Stream.generate(() -> loadNanos(assembled))
                .limit(3)
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        System.out.printf("%d kernels loaded in %.0f ms%n", kernelCount(image), best / 1e6);
        assertThat(best).isLessThan(1_000_000_000L);
    }

    private static long loadNanos(NetworkImage image) {
        long start = System.nanoTime();
        gpu.load(image).close();
        return System.nanoTime() - start;
    }

    private static NetworkDefinition chain() {
        return net -> {
            Tensor x = net.input("image");
            for (int i = 1; i <= 26; i++) {
                x = x.conv2d("conv" + i, 16 * i, kernel(3).pad(1)).relu();
            }
            net.output("logits", x.globalAvgPool().dense("fc", CLASSES));
        };
    }
}
