package dev.octet.simulated;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.cuda.gpu.StatisticsComparison;
import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import dev.octet.simulator.SimulatorOptions;
import dev.octet.toolchain.Nvcc;
import dev.octet.toolchain.ToolchainOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels that count values, in the simulator, count as the host does. Needs nvcc. */
class StatisticsSimulatedTest {
    @ParameterizedTest
    @EnumSource
    void countsAreTheHosts(Target target) {
        boolean canCompile = Nvcc.find(ToolchainOptions.fromSystem()).isPresent();
        if (!canCompile) {
            System.out.println("skipped: kernels that count values need nvcc on the PATH");
        }
        assumeTrue(canCompile, "no nvcc");
        try (Device device = SimulatedDeviceProvider.open(target, SimulatorOptions.defaults())) {
            StatisticsComparison comparison = new StatisticsComparison(device, target, System.nanoTime());
            comparison.finite(4, 15_000);
            comparison.notFinite();
        }
    }
}
