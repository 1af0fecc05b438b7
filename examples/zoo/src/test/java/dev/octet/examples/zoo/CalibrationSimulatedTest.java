package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.toolchain.Nvcc;
import dev.octet.toolchain.ToolchainOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A float program of nearly every operator calibrates in the simulator as the CPU does, to the byte. Needs nvcc. */
class CalibrationSimulatedTest {
    private static final String DEVICE = "simulated:sm_80";
    private static final int SIZE = 12;

    @TempDir
    Path folder;

    @Test
    void everyOperatorsValuesAreTheCpus() throws IOException {
        assumeTrue(Nvcc.find(ToolchainOptions.fromSystem()).isPresent(), "no nvcc on the PATH");
        ZooCompilation network = ZooCompilation.withFloats(new ManyOperators(), List.of(Target.SM_80), 4);
        ZooBuild build = new ZooBuild(Files.createDirectories(folder.resolve("classes")), network);
        Path safetensors = folder.resolve("many.safetensors");
        WeightsOutput.write(RandomWeights.of(network, 61), safetensors);
        build.compileKernels();

        MeasuredValues expected = measure(build, safetensors, "cpu", 2);
        MeasuredValues found = measure(build, safetensors, DEVICE, 3);
        List<RangeRule> modes = List.of(RangeRule.naive(), RangeRule.entropy(), RangeRule.mse());
        assertThat(found.histograms(modes).write())
                .isEqualTo(expected.histograms(modes).write());
        assertThat(found.table(RangeRule.entropy()).write())
                .isEqualTo(expected.table(RangeRule.entropy()).write());

        FloatRun run = new FloatRun(build, network.compilation().floats().orElseThrow(), safetensors);
        assertThat(run.times(DEVICE, 2, SyntheticImages.images(2, SIZE, 9), 2)).contains("batch 2");
    }

    private static MeasuredValues measure(ZooBuild build, Path safetensors, String device, int batch)
            throws IOException {
        return Calibrator.of(build.spec(), safetensors)
                .device(device)
                .batch(batch)
                .measure(IntStream.range(0, 5).mapToObj(i -> SyntheticImages.image(SIZE, i)));
    }
}
