package dev.octet.cuda.gpu;

import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The GPU counts values as the host does. */
class StatisticsGpuTest {
    @Tag("gpu")
    @ParameterizedTest
    @EnumSource
    void countsAreTheHosts(Target target) {
        compare(target, 20, 300_000);
    }

    @Tag("sanitize")
    @ParameterizedTest
    @EnumSource
    void countsAreTheHostsUnderSanitizers(Target target) {
        compare(target, 2, 20_000);
    }

    private static void compare(Target target, int trials, int mostPixels) {
        try (Device gpu = Gpu.open()) {
            StatisticsComparison comparison = new StatisticsComparison(gpu, target, System.nanoTime());
            comparison.finite(trials, mostPixels);
            comparison.notFinite();
        }
    }
}
