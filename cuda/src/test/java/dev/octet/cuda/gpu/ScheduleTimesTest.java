package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Times all schedules of the convolutions of a ResNet-50, and prints a table that a program can read: lines of
 * {@code schedule-times}, target, input size, input channels, output channels, kernel, stride, batch, schedule,
 * microseconds (median, 10 % and 90 % quantile), and what the schedule is: {@code chosen} by the compiler, {@code best},
 * {@code both} or {@code -}. Launches use the same memory again and again, as a network does whose values fit the
 * second-level cache.
 */
@Tag("fit")
class ScheduleTimesTest {
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
    void ofResidualNetworks(Target target) {
        List<ScheduledKernel> kernels = new ArrayList<>();
        for (KernelSpec.Conv2d spec : LargeSpecs.residualNetwork()) {
            for (Schedule schedule : ScheduleSelector.candidates(spec, target)) {
                kernels.add(new ScheduledKernel(spec, schedule, target));
            }
        }
        BuiltKernels built = TimedKernel.build(kernels);
        double lost = 0;
        int choices = 0;
        for (int batch : new int[] {1, 8, 32, 128}) {
            for (KernelSpec.Conv2d spec : LargeSpecs.residualNetwork()) {
                lost += lost(spec, target, batch, built);
                choices++;
            }
        }
        System.out.printf(
                Locale.ROOT, "%s: chosen schedules take %.3f times the best%n", target.text(), lost / choices);
        assertThat(lost / choices).isLessThan(2);
    }

    /** Prints the times of all schedules; the time of the chosen one over that of the best. */
    private static double lost(KernelSpec.Conv2d spec, Target target, int batch, BuiltKernels built) {
        Map<Schedule, Bench.Times> times = new LinkedHashMap<>();
        for (Schedule schedule : ScheduleSelector.candidates(spec, target)) {
            ScheduledKernel kernel = new ScheduledKernel(spec, schedule, target);
            try (TimedKernel timed = new TimedKernel(bench, kernel, built, batch, false)) {
                times.put(schedule, timed.time());
            }
        }
        Schedule chosen = ScheduleSelector.select(spec, target, batch);
        Schedule best = times.keySet().stream()
                .min(Comparator.comparingDouble(s -> times.get(s).median()))
                .orElseThrow();
        times.forEach((schedule, t) -> System.out.println(
                line(spec, target, batch, schedule, t) + verdict(schedule.equals(chosen), schedule.equals(best))));
        return times.get(chosen).median() / times.get(best).median();
    }

    private static String verdict(boolean chosen, boolean best) {
        if (chosen) {
            return best ? "both" : "chosen";
        }
        return best ? "best" : "-";
    }

    private static String line(KernelSpec.Conv2d spec, Target target, int batch, Schedule schedule, Bench.Times times) {
        return String.format(
                Locale.ROOT,
                "schedule-times,%s,%d,%d,%d,%d,%d,%d,%s,%.2f,%.2f,%.2f,",
                target.text(),
                spec.input().height(),
                spec.input().channels(),
                spec.output().channels(),
                spec.window().kernelH(),
                spec.window().strideH(),
                batch,
                schedule.canonicalName(),
                times.median() * 1e6,
                times.low() * 1e6,
                times.high() * 1e6);
    }
}
