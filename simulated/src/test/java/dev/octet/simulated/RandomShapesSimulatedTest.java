package dev.octet.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.cuda.gpu.RandomComparison;
import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import dev.octet.simulator.SimulatorOptions;
import dev.octet.toolchain.Nvcc;
import dev.octet.toolchain.ToolchainOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random shapes of every kernel of the catalogue, as the GPU's tests draw them, through the CUDA device's launch path: they
 * give the oracle's bits, and the cases themselves are sound. Needs nvcc.
 */
class RandomShapesSimulatedTest {
    private static final long MEMORY_BYTES = 64 << 20;

    @ParameterizedTest
    @EnumSource
    void areTheOracles(Target target) {
        boolean canCompile = Nvcc.find(ToolchainOptions.fromSystem()).isPresent();
        if (!canCompile) {
            System.out.println("skipped: random shapes of kernels need nvcc on the PATH");
        }
        assumeTrue(canCompile, "no nvcc");
        long start = System.nanoTime();
        SimulatorOptions options = SimulatorOptions.defaults().withMemoryBytes(MEMORY_BYTES);
        try (Device device = SimulatedDeviceProvider.open(target, options)) {
            RandomComparison.Outcome outcome = new RandomComparison(device, target).everyRow();
            System.out.printf(
                    "%s: %d random shapes, %d differences after %d s%n",
                    target.text(),
                    outcome.cases(),
                    outcome.differences().size(),
                    (System.nanoTime() - start) / 1_000_000_000);
            assertThat(outcome.differences()).isEmpty();
        }
    }
}
