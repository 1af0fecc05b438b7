package dev.octet.cuda;

import dev.octet.cuda.driver.DriverException;
import dev.octet.cuda.internal.DriverProbe;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.testkit.DiagnosticExamples;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every diagnostic of the CUDA device, each provoked on a driver that answers as a real one would. */
class CudaExamplesTest {
    private static final int NO_BINARY_FOR_GPU = 209;
    private static final SessionRequest ONE = new SessionRequest(1, false);

    private final DiagnosticExamples examples = new DiagnosticExamples();

    private interface OnGpu {
        void run(FakeDriver driver, Device gpu);
    }

    private interface InSession {
        void run(FakeDriver driver, DeviceSession session);
    }

    private static Device open(FakeDriver driver, int index) {
        return new CudaDeviceProvider(() -> DriverProbe.of(driver)).open(index);
    }

    /** A mistake on a GPU of compute capability 7.5. */
    private void gpu(CudaCode code, OnGpu mistake) {
        examples.thrown(code.id(), () -> {
            FakeDriver driver = TinyNetwork.driver(75);
            mistake.run(driver, open(driver, 0));
        });
    }

    /** A network that cannot be loaded. */
    private void image(CudaCode code, NetworkImage image) {
        gpu(code, (driver, gpu) -> gpu.load(image));
    }

    /** A mistake in a session for one image. */
    private void session(CudaCode code, InSession mistake) {
        gpu(
                code,
                (driver, gpu) ->
                        mistake.run(driver, gpu.load(TinyNetwork.image()).newSession(ONE)));
    }

    private static void run(DeviceSession session) {
        ByteBuffer pixels = ByteBuffer.allocate(TinyNetwork.PIXELS);
        session.run(1, List.of(pixels), List.of(FloatBuffer.allocate(TinyNetwork.PIXELS)));
    }

    private static NetworkImage withPtx(Optional<String> ptx) {
        NetworkImage image = TinyNetwork.image();
        return new NetworkImage(image.plan(), image.layers(), image.constants(), (target, kernel) -> ptx);
    }

    private static NetworkImage onlyMachineCode() {
        NetworkImage image = TinyNetwork.image();
        NetworkImage.Kernels kernels = new NetworkImage.Kernels() {
            @Override
            public Optional<String> ptx(Target target, Step.Kernel kernel) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
                return Optional.of(new byte[] {1});
            }
        };
        return new NetworkImage(image.plan(), image.layers(), image.constants(), kernels);
    }

    private static NetworkImage withGeometry(Geometry geometry) {
        Step step = TinyNetwork.QUANTIZE;
        Step changed =
                new Step(step.region(), step.kernel(), geometry, step.arguments(), step.tensorMaps(), step.workspace());
        return TinyNetwork.image(
                TinyNetwork.plan(List.of(TinyNetwork.program(List.of(changed, TinyNetwork.DEQUANTIZE)))));
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        loading();
        memory();
        running();
        return examples.tests(Stream.of(CudaCode.values()).map(CudaCode::id));
    }

    private void loading() {
        examples.thrown(CudaCode.NO_DEVICE.id(), () -> open(TinyNetwork.driver(75), 1));
        examples.thrown(
                CudaCode.NO_PROGRAM.id(), () -> open(TinyNetwork.driver(52), 0).load(TinyNetwork.image()));
        image(CudaCode.NO_PTX, withPtx(Optional.empty()));
        gpu(CudaCode.PTX_TOO_NEW, (driver, gpu) -> {
            driver.failNext("load", DriverException.UNSUPPORTED_PTX_VERSION);
            gpu.load(withPtx(Optional.of(".version 9.0\n.target sm_61\n")));
        });
        gpu(CudaCode.PTX_REFUSED, (driver, gpu) -> {
            driver.failNext("load", DriverException.INVALID_PTX);
            gpu.load(withPtx(Optional.of(".version 5.0\n.target sm_61\nnonsense")));
        });
        image(CudaCode.UNSUPPORTED, withGeometry(new Geometry(6, 4, 1, 32, 0, 2, false)));
        image(CudaCode.LIMIT, withGeometry(new Geometry(6, 4, 1, 32, 1 << 20, 1, false)));
        gpu(CudaCode.CUBIN_REFUSED, (driver, gpu) -> {
            driver.failNext("loadCubin", NO_BINARY_FOR_GPU);
            gpu.load(onlyMachineCode());
        });
        image(
                CudaCode.INCONSISTENT,
                new NetworkImage(TinyNetwork.image().plan(), Map.of(), Map.of(), (t, k) -> Optional.of("PTX")));
    }

    private void memory() {
        gpu(CudaCode.OUT_OF_MEMORY, (driver, gpu) -> {
            DeviceNetwork network = gpu.load(TinyNetwork.image());
            driver.setFreeBytes(100);
            network.newSession(ONE);
        });
        gpu(CudaCode.OUT_OF_HOST_MEMORY, (driver, gpu) -> {
            driver.failNext("allocateHost", DriverException.OUT_OF_MEMORY);
            gpu.load(TinyNetwork.image()).newSession(ONE);
        });
        gpu(CudaCode.BATCH, (driver, gpu) -> gpu.load(TinyNetwork.image()).newSession(new SessionRequest(6, false)));
    }

    private void running() {
        session(CudaCode.LAUNCH, (driver, session) -> {
            driver.failNext("launch", 701);
            run(session);
        });
        session(CudaCode.RUN, (driver, session) -> {
            breakKernel(driver);
            run(session);
        });
        session(CudaCode.LOST, (driver, session) -> {
            breakKernel(driver);
            try {
                run(session);
            } catch (RuntimeException first) {
                run(session);
            }
        });
        gpu(CudaCode.DRIVER, (driver, gpu) -> {
            driver.failNext("upload", 999);
            gpu.load(TinyNetwork.image());
        });
        session(CudaCode.CLOSED, (driver, session) -> {
            session.close();
            run(session);
        });
        session(CudaCode.VALUE, (driver, session) -> {
            run(session);
            session.value(1);
        });
    }

    /** A kernel that writes where nothing was allocated: the driver says so later, and to everything after. */
    private static void breakKernel(FakeDriver driver) {
        driver.kernels.put("dequantize_k", (d, extents, arguments) -> d.at(8, 1));
    }
}
