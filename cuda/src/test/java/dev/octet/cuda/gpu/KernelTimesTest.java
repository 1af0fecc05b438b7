package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long kernels take with the schedules that the compiler chooses: one micro-benchmark for each row of the catalogue,
 * and the convolutions of a ResNet-50. Operands are random bytes and change from launch to launch, so that images and
 * results are not in the second-level cache; weights may be. Not for machines that do something else.
 */
@Tag("perf")
class KernelTimesTest {
    private static final int BATCH = 32;
    private static Bench bench;

    @BeforeAll
    static void open() {
        bench = Bench.open();
    }

    @AfterAll
    static void close() {
        if (bench != null) {
            bench.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTheCatalogue(Target target) {
        List<KernelCatalog.Row> rows = KernelCatalog.rows().stream()
                .filter(row -> row.target() == target)
                .toList();
        List<ScheduledKernel> kernels = rows.stream()
                .map(row -> selected(LargeSpecs.like(row.examples().get(0)), target, BATCH))
                .toList();
        BuiltKernels built = TimedKernel.build(kernels);
        for (ScheduledKernel kernel : kernels) {
            assertThat(report(kernel, built, BATCH)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofResidualNetworks(Target target) {
        for (int batch : new int[] {1, 32, 128}) {
            List<ScheduledKernel> kernels = LargeSpecs.residualNetwork().stream()
                    .map(spec -> selected(spec, target, batch))
                    .toList();
            BuiltKernels built = TimedKernel.build(kernels);
            for (ScheduledKernel kernel : kernels) {
                assertThat(report(kernel, built, batch)).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofMobileNetworks(Target target) {
        for (int batch : new int[] {1, 32, 128}) {
            List<ScheduledKernel> kernels = LargeSpecs.mobileNetworks().stream()
                    .map(spec -> selected(spec, target, batch))
                    .toList();
            BuiltKernels built = TimedKernel.build(kernels);
            for (ScheduledKernel kernel : kernels) {
                assertThat(report(kernel, built, batch)).isPositive();
            }
        }
    }

    /**
     * Half of what dp4a and 40 % of what mma.sync fed by ldmatrix do at best on an H100 SXM without any global memory:
     * 134 and 1,229 TOPS.
     */
    @ParameterizedTest
    @CsvSource({"SM_61, 67", "SM_80, 492"})
    void largeConvolutionsComeNearTheInstructions(Target target, double bar) {
        KernelSpec spec = LargeSpecs.conv(ElementType.U8, ElementType.U8, Optional.empty(), 28, 128, 128, 3, 1);
        ScheduledKernel kernel = selected(spec, target, 128);

        double operations = report(kernel, TimedKernel.build(List.of(kernel)), 128);

        System.out.printf(Locale.ROOT, "%s: %.1f TOPS, at least %.0f expected%n", target.text(), operations, bar);
        assertThat(operations).isGreaterThanOrEqualTo(bar);
    }

    private static ScheduledKernel selected(KernelSpec spec, Target target, int batch) {
        return new ScheduledKernel(spec, ScheduleSelector.select(spec, target, batch), target);
    }

    /** Prints a line; TOPS of kernels that multiply much, GB/s of the others. */
    private static double report(ScheduledKernel kernel, BuiltKernels built, int batch) {
        try (TimedKernel timed = new TimedKernel(bench, kernel, built, batch, true)) {
            Bench.Times times = timed.time();
            long products = products(kernel.spec());
            double rate = products > 0
                    ? 2e-12 * products * batch / times.median()
                    : 1e-9 * KernelOperands.of(kernel).imageBytes() * batch / times.median();
            System.out.printf(
                    Locale.ROOT,
                    "%-100s batch %3d %9.2f us (%.2f, %.2f) %8.1f %s%n",
                    kernel.name(),
                    batch,
                    times.median() * 1e6,
                    times.low() * 1e6,
                    times.high() * 1e6,
                    rate,
                    products > 0 ? "TOPS" : "GB/s");
            return rate;
        }
    }

    /** Multiplications per image that the layer needs, padding lanes not counted. */
    private static long products(KernelSpec spec) {
        if (spec instanceof KernelSpec.Conv2d conv) {
            return (long) conv.output().pixels()
                    * conv.output().channels()
                    * conv.window().taps()
                    * conv.input().channels();
        }
        if (spec instanceof KernelSpec.Grouped conv) {
            return (long) conv.output().pixels()
                    * conv.output().channels()
                    * conv.window().taps()
                    * conv.groupIn();
        }
        if (spec instanceof FloatKernel.Conv2d conv) {
            Extent out = conv.output().extent();
            return (long) out.pixels() * out.channels() * conv.window().taps() * conv.groupChannels();
        }
        return spec instanceof KernelSpec.Dense dense
                ? (long) dense.k() * dense.output().channels()
                : 0;
    }
}
