package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What schedules that cost models choose lose against the fastest that an H200 had, by a tuning log that is kept: of all kernels that
 * networks have for {@code sm_90a} and several schedules suit. A change of a cost model, or of what is chosen among, shows here what
 * it is worth; schedules that are new need a new log.
 */
class EstimatedSchedulesTest {
    private static final Path LOG = Path.of("results/2026-11-29-h200-again.tuning");

    /** Microseconds of each schedule, by batch and kernel, such as {@code 8 avgpool_u8_f32_7x7x2048}; what was measured last counts. */
    private static final Map<String, Map<String, Double>> TIMES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String line : Files.readAllLines(LOG)) {
            KernelTime time = KernelTime.read(line);
            if (time.target() == Target.SM_90A) {
                TIMES.computeIfAbsent(time.batch() + " " + time.kernel(), task -> new HashMap<>())
                        .put(time.schedule(), time.micros());
            }
        }
    }

    /** A kernel's time as it was chosen, and the fastest of its times. */
    private record Choice(String kernel, double chosen, double fastest) {
        double loss() {
            return chosen / fastest;
        }
    }

    @Test
    void areNearlyTheFastest() {
        Map<String, List<Choice>> choices = new TreeMap<>();
        for (BenchmarkNetwork network : BenchmarkNetwork.values()) {
            for (int batch : BenchmarkNetwork.BATCHES) {
                choices.put(network.text() + ", batch " + batch, choices(network, batch));
            }
        }
        assertThat(choices)
                .allSatisfy((name, list) -> assertThat(together(list)).isLessThan(1.06));

        List<Choice> all = choices.values().stream().flatMap(List::stream).toList();
        double mean = Math.exp(all.stream()
                .mapToDouble(choice -> Math.log(choice.loss()))
                .average()
                .orElseThrow());
        System.out.printf(Locale.ROOT, "%d launches: %.3f times the fastest on average%n", all.size(), mean);
        assertThat(all).hasSizeGreaterThan(650);
        assertThat(mean).isBetween(1.0, 1.03);
        assertThat(all).allSatisfy(choice -> assertThat(choice.loss()).isLessThan(1.4));
    }

    /** What all kernels take as they were chosen, by what they would at best. */
    private static double together(List<Choice> choices) {
        double chosen = choices.stream().mapToDouble(Choice::chosen).sum();
        return chosen / choices.stream().mapToDouble(Choice::fastest).sum();
    }

    /** Those of the steps whose kernel was measured. */
    private static List<Choice> choices(BenchmarkNetwork network, int batch) {
        CompiledNetwork compiled = CompiledNetwork.of(network.subject(), Precision.INT8, Target.SM_90A, batch);
        List<Choice> choices = new ArrayList<>();
        for (Step step : compiled.program().steps()) {
            String name = batch + " " + step.kernel().name();
            TIMES.keySet().stream()
                    .filter(task -> name.startsWith(task + "_"))
                    .max(Comparator.comparing(String::length))
                    .ifPresent(task -> choices.add(choice(name, task)));
        }
        return choices;
    }

    /** The choice of a kernel whose name begins like a task, ends with the target, and has the schedule between them. */
    private static Choice choice(String name, String task) {
        String schedule = name.substring(task.length() + 1, name.lastIndexOf('_'));
        Map<String, Double> times = TIMES.get(task);
        assertThat(times).as("times of %s", task).containsKey(schedule);
        return new Choice(name, times.get(schedule), Collections.min(times.values()));
    }
}
