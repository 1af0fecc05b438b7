package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CudaNetworkTest {
    private final FakeDriver driver = TinyNetwork.driver(75);
    private final CudaDevice device = CudaDeviceProvider.open(driver, 0);

    @AfterEach
    void leavesNothing() {
        device.close();
        assertThat(driver.live).isEmpty();
    }

    private void assertFails(CudaCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
        assertThat(driver.live).as("only the context is left").hasSize(1);
    }

    private static Plan plan(Step first) {
        return TinyNetwork.plan(List.of(TinyNetwork.program(List.of(first, TinyNetwork.DEQUANTIZE))));
    }

    private static Step with(Geometry geometry, List<Step.TensorMap> maps) {
        Step step = TinyNetwork.QUANTIZE;
        return new Step(step.region(), step.kernel(), geometry, step.arguments(), maps, step.workspace());
    }

    @Test
    void saysHowItRuns() {
        try (DeviceNetwork network = device.load(TinyNetwork.image())) {
            assertThat(network.description())
                    .isEqualTo(
                            "sm_61 kernels on Fake GPU (compute capability 7.5): 0 loaded as machine code, 2 compiled"
                                    + " from PTX by the driver");
        }
    }

    @Test
    void loadsAKernelOnceForAllItsSteps() {
        Plan plan = TinyNetwork.plan(List.of(
                TinyNetwork.program(List.of(TinyNetwork.QUANTIZE, TinyNetwork.QUANTIZE, TinyNetwork.DEQUANTIZE))));
        int before = driver.live.size();
        try (DeviceNetwork network = device.load(TinyNetwork.image(plan))) {
            assertThat(driver.live).as("two modules, one allocation").hasSize(before + 3);
            assertThat(network.deviceBytes()).isEqualTo(512);
        }
    }

    @Test
    void refusesADeviceThatIsTooOld() {
        FakeDriver old = TinyNetwork.driver(60);
        try (CudaDevice oldDevice = CudaDeviceProvider.open(old, 0)) {
            assertFails(
                    CudaCode.NO_PROGRAM,
                    () -> oldDevice.load(TinyNetwork.image()),
                    "test.Tiny has no kernels for cuda:0",
                    "compute capability 6.0",
                    "compiled for sm_61");
        }
    }

    /** Neither an earlier nor a later generation has the instructions of that family. */
    @ParameterizedTest
    @ValueSource(ints = {89, 100, 120})
    void refusesTheFamilyOfAnotherGeneration(int capability) {
        LaunchProgram any = TinyNetwork.program(List.of(TinyNetwork.QUANTIZE));
        Plan plan = TinyNetwork.plan(List.of(new LaunchProgram(
                Target.SM_90A, 1, any.maxBatch(), any.buffers(), any.arenaBytesPerImage(), any.steps())));
        try (CudaDevice other = CudaDeviceProvider.open(TinyNetwork.driver(capability), 0)) {
            assertFails(CudaCode.NO_PROGRAM, () -> other.load(TinyNetwork.image(plan)), "it was compiled for sm_90a");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "61, SM_61 SM_75 SM_80, SM_61",
        "70, SM_61 SM_75 SM_80, SM_61",
        "75, SM_61 SM_75 SM_80, SM_75",
        "75, SM_61 SM_80, SM_61",
        "80, SM_61 SM_75 SM_80, SM_80",
        "86, SM_61 SM_75, SM_75",
        "90, SM_80 SM_75 SM_61, SM_80",
        "90, SM_61, SM_61",
        "90, SM_61 SM_80 SM_90A, SM_90A",
        "89, SM_61 SM_80 SM_90A, SM_80",
        "100, SM_90A SM_61 SM_80, SM_80",
        "120, SM_90A SM_61, SM_61"
    })
    void choosesTheHighestTargetThatTheDeviceRuns(int capability, String targets, Target expected) {
        LaunchProgram any = TinyNetwork.program(List.of(TinyNetwork.QUANTIZE));
        List<LaunchProgram> all = Arrays.stream(targets.split(" "))
                .map(target -> new LaunchProgram(
                        Target.valueOf(target),
                        1,
                        any.maxBatch(),
                        any.buffers(),
                        any.arenaBytesPerImage(),
                        any.steps()))
                .toList();

        Driver.Gpu gpu = TinyNetwork.driver(capability).gpus().get(0);
        Plan plan = TinyNetwork.plan(all);
        List<Target> found = Programs.targets(plan, "cuda:0", gpu);

        assertThat(found).startsWith(expected).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(Programs.of(plan, expected, "cuda:0", gpu).list())
                .singleElement()
                .extracting(LaunchProgram::target)
                .isEqualTo(expected);
    }

    @Test
    void choosesTheProgramOfTheBatch() {
        LaunchProgram all = TinyNetwork.program(List.of(TinyNetwork.QUANTIZE));
        LaunchProgram few = new LaunchProgram(Target.SM_61, 1, 2, all.buffers(), all.arenaBytesPerImage(), all.steps());
        LaunchProgram many =
                new LaunchProgram(Target.SM_61, 3, 4, all.buffers(), all.arenaBytesPerImage(), all.steps());
        Programs programs = Programs.of(
                TinyNetwork.plan(List.of(few, many)),
                Target.SM_61,
                "cuda:0",
                driver.gpus().get(0));

        assertThat(programs.forBatch("n", 2)).isSameAs(few);
        assertThat(programs.forBatch("n", 3)).isSameAs(many);
        assertThatThrownBy(() -> programs.forBatch("n", 5)).hasMessageContaining("no program for 5 images");
    }

    @Test
    void refusesASessionForWhichThePlanHasNoProgram() {
        LaunchProgram all = TinyNetwork.program(List.of(TinyNetwork.QUANTIZE, TinyNetwork.DEQUANTIZE));
        LaunchProgram many =
                new LaunchProgram(Target.SM_61, 3, 5, all.buffers(), all.arenaBytesPerImage(), all.steps());
        try (DeviceNetwork network = device.load(TinyNetwork.image(TinyNetwork.plan(List.of(many))))) {
            assertThatThrownBy(() -> network.newSession(new SessionRequest(4, false)))
                    .hasMessageContaining("no program for 1 images");
        }
    }

    @Test
    void refusesLaunchesThatItCannotDo() {
        Geometry plain = TinyNetwork.QUANTIZE.geometry();
        var map = new Step.TensorMap(0, List.of(1, 1, 1, 1), 0);
        assertFails(
                CudaCode.UNSUPPORTED,
                () -> device.load(TinyNetwork.image(plan(with(plain, List.of(map))))),
                "Kernel quantize_k of test.Tiny needs tensor maps");
        assertFails(
                CudaCode.UNSUPPORTED,
                () -> device.load(TinyNetwork.image(plan(with(new Geometry(6, 4, 1, 32, 0, 2, false), List.of())))),
                "clusters");
    }

    @Test
    void asksForMuchSharedMemory() {
        Geometry large = new Geometry(6, 4, 1, 32, 49153, 1, false);
        device.load(TinyNetwork.image(plan(with(large, List.of()))));
        assertThat(driver.launches).containsExactly("quantize_k may use 49153");
    }

    @Test
    void saysWhatToDoWithoutPtx() {
        NetworkImage image = TinyNetwork.image();
        NetworkImage bare =
                new NetworkImage(image.plan(), image.layers(), image.constants(), (t, k) -> Optional.empty());
        assertFails(
                CudaCode.NO_PTX,
                () -> device.load(bare),
                "Kernel quantize_k of test.Tiny has not been compiled for sm_61",
                "octet:ptx");
    }

    @Test
    void saysThatTheDriverIsTooOld() {
        NetworkImage image = TinyNetwork.image();
        NetworkImage newer = new NetworkImage(
                image.plan(), image.layers(), image.constants(), (t, k) -> Optional.of("// x\n.version 9.0\n"));
        driver.failNext("load", DriverException.UNSUPPORTED_PTX_VERSION);
        assertFails(CudaCode.PTX_TOO_NEW, () -> device.load(newer), "(CUDA 12.4)", "needs PTX 9.0");
    }

    @Test
    void repeatsWhatTheDriversCompilerSays() {
        driver.failNext("load", DriverException.INVALID_PTX);
        assertFails(CudaCode.PTX_REFUSED, () -> device.load(TinyNetwork.image()), "218", "says: line 3: bad");
    }

    @Test
    void refusesPtxWithoutTheKernel() {
        driver.kernels.remove("dequantize_k");
        assertFails(CudaCode.PTX_REFUSED, () -> device.load(TinyNetwork.image()), "kernel dequantize_k", "500");
    }

    @Test
    void refusesLaunchesBeyondTheDevice() {
        long most = Integer.MAX_VALUE;
        device.load(TinyNetwork.image(plan(with(Geometry.of(most / 5, 1, 1, 32), List.of()))))
                .close();
        assertFails(
                CudaCode.LIMIT,
                () -> device.load(TinyNetwork.image(plan(with(Geometry.of(most / 5 + 1, 1, 1, 32), List.of())))),
                "Kernel quantize_k of test.Tiny needs blocks for 429496730 units of each of 5 images",
                "cuda:0 has at most 2147483647 blocks");
        assertFails(
                CudaCode.LIMIT,
                () -> device.load(TinyNetwork.image(plan(with(Geometry.of(Long.MAX_VALUE, 1, 1, 32), List.of())))),
                "2147483647 blocks");
        assertFails(
                CudaCode.LIMIT,
                () -> device.load(TinyNetwork.image(
                        plan(with(new Geometry(6, 4, 1, 32, (227 << 10) + 1, 1, false), List.of())))),
                "of shared memory for a block");
    }

    /** Few blocks walk over more units than blocks could be counted for. */
    @Test
    void acceptsAnyNumberOfUnitsForALimitedGrid() {
        Geometry limited = new Geometry(Integer.MAX_VALUE, 1, 1, 32, 0, 1, false, 132);
        device.load(TinyNetwork.image(plan(with(limited, List.of())))).close();
        Geometry beyond = new Geometry(Long.MAX_VALUE, 1, 1, 32, 0, 1, false, 132);
        assertFails(
                CudaCode.LIMIT,
                () -> device.load(TinyNetwork.image(plan(with(beyond, List.of())))),
                "2147483647 blocks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "function"})
    void saysThatThereIsNoMemoryForAKernel(String call) {
        driver.failNext(call, DriverException.OUT_OF_MEMORY);
        assertFails(CudaCode.OUT_OF_MEMORY, () -> device.load(TinyNetwork.image()), "kernel quantize_k of test.Tiny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allocate", "upload"})
    void leavesNothingWhenItCannotBeLoaded(String call) {
        driver.failNext(call, 999);
        assertFails(CudaCode.DRIVER, () -> device.load(TinyNetwork.image()), "failed to load test.Tiny", "999");
    }

    @Test
    void refusesMissingConstants() {
        NetworkImage image = TinyNetwork.image();
        assertFails(
                CudaCode.INCONSISTENT,
                () -> device.load(new NetworkImage(image.plan(), Map.of(), Map.of(), image.kernels())),
                "image.q has no constants");
    }

    @Test
    void refusesWeightsOfWhatIsNoLayer() {
        Step step = TinyNetwork.QUANTIZE;
        Step wrong = new Step(
                step.region(),
                step.kernel(),
                step.geometry(),
                List.of(new Argument.Weights(1, new PackSpec.Rows())),
                List.of(),
                step.workspace());
        assertFails(CudaCode.INCONSISTENT, () -> device.load(TinyNetwork.image(plan(wrong))), "%1 has weights");
    }

    /** The network's close pauses, holding the network, until the device's close wants the network too. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void canBeClosedWhileItsDeviceCloses() throws Exception {
        FakeDriver gpu = TinyNetwork.driver(75);
        CudaDevice closed = CudaDeviceProvider.open(gpu, 0);
        DeviceNetwork network = closed.load(TinyNetwork.image());
        Thread test = Thread.currentThread();
        CountDownLatch closing = new CountDownLatch(1);
        gpu.pauseNext("unload", () -> {
            closing.countDown();
            while (test.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        });
        Thread other = new Thread(network::close);
        other.setDaemon(true);
        other.start();
        closing.await();
        closed.close();
        other.join();
        assertThat(gpu.live).isEmpty();
    }

    @Test
    void freesTheRestOfWhatCannotBeFreed() {
        int alone = driver.live.size();
        DeviceNetwork network = device.load(TinyNetwork.image());
        DeviceSession first = network.newSession(new SessionRequest(1, false));
        network.newSession(new SessionRequest(1, false));
        driver.failNext("destroy", 999);
        assertThatThrownBy(first::close)
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("failed to free memory");
        driver.failNext("destroy", 999);
        assertThatThrownBy(network::close).isInstanceOf(OctetException.class).hasMessageContaining("999");
        assertThat(driver.live).as("the context and two streams").hasSize(alone + 2);
        driver.live.clear();
    }
}
