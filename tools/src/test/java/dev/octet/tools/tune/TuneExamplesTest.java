package dev.octet.tools.tune;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class TuneExamplesTest {
    private static final Tuner.Machine MACHINE = new Tuner.Machine(Target.SM_80, 90, "A GPU");

    @TempDir
    private Path folder;

    private ToolchainOptions noCompiler() {
        return new ToolchainOptions(
                Optional.empty(), Optional.empty(), List.of(), folder.resolve("cache"), Duration.ofMinutes(1), 1);
    }

    private BuiltNetwork network() throws IOException {
        return SampleModule.in(folder).network();
    }

    private TuningRequest request(String device) {
        return new TuningRequest(device, List.of(), folder, Optional.empty(), Optional.empty());
    }

    /** The network is compiled for sm_61. */
    private void onAnOlderGpu() throws IOException {
        BuiltNetwork network = network();
        TimedDevice device = new TimedDevice(kernel -> 1.0, new ClockedGpu("GeForce GTX 980", 52), 1);
        request("cuda:0").run(network, network.plan(), device, List.of(), noCompiler(), line -> {});
    }

    private void withoutACompiler() {
        Plan plan = TuningSample.plan(Target.SM_80);
        BuiltKernels.of(TuningTask.of(plan, MACHINE, 1).compile(0).kernels(), 90, noCompiler());
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-TUNE-003", () -> request("cpu").run(network(), noCompiler(), line -> {}))
                .thrown("OCTET-TUNE-004", this::onAnOlderGpu)
                .thrown("OCTET-TUNE-005", this::withoutACompiler)
                .thrown("OCTET-TUNE-006", () -> TuningTask.of(TuningSample.plan(Target.SM_80), MACHINE, 1 << 30))
                .thrown("OCTET-TUNE-007", () -> TimedBuffers.require(TuningSample.plan(Target.SM_80), 1 << 30))
                .tests(Stream.of(TuneCode.values()).map(TuneCode::id));
    }
}
