package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.compiler.OctetCompiler;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.runtime.device.NetworkImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunes a network for a device whose times are made up, and differ from what the cost models expect. */
class TunerTest {
    private static final List<Integer> BATCHES = List.of(1, 8);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, Double> truth = new HashMap<>();
    private final List<KernelTime> log = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<KernelSource> built = new ArrayList<>();
    private final TimedDevice device = new TimedDevice(truth::get, new ClockedGpu("A GPU", 90), seed);
    private final Plan plan = TuningSample.plan(Target.SM_61);

    @BeforeEach
    void printSeed() {
        System.out.println("TunerTest: seed " + seed);
    }

    /** Gives each kernel times in a random order: the best two are close to each other, the others far off. */
    private void invent(Target target) {
        for (KernelSpec spec : specs(target, 1)) {
            List<Schedule> order = new ArrayList<>(ScheduleSelector.candidates(spec, target));
            Collections.shuffle(order, random);
            for (int rank = 0; rank < order.size(); rank++) {
                double factor = rank == 1 ? 1.02 : Math.pow(1.25, rank);
                truth.put(new ScheduledKernel(spec, order.get(rank), target).name(), 10 * factor);
            }
        }
    }

    private Plan compiled(Target target, int batch, TuningLog times) {
        return OctetCompiler.reschedule(plan, target, batch, times, new CudaWriter())
                .plan();
    }

    private Set<KernelSpec> specs(Target target, int batch) {
        return new HashSet<>(TuningTask.specs(compiled(target, batch, TuningLog.NONE)));
    }

    private boolean tune(Target target, TimeLimit limit) {
        invent(target);
        Tuner.Machine machine = new Tuner.Machine(target, target.capability(), "A GPU");
        return new Tuner(device, machine, this::build, new Kept(), limit)
                .run(
                        "sample",
                        plan,
                        BATCHES,
                        (rescheduled, kernels) -> new NetworkImage(rescheduled, Map.of(), Map.of(), kernels));
    }

    private void tune(Target target) {
        assertThat(tune(target, TimeLimit.NONE)).isTrue();
    }

    private NetworkImage.Kernels build(List<KernelSource> sources) {
        built.addAll(sources);
        return (target, kernel) -> Optional.empty();
    }

    private final class Kept implements Tuner.Listener {
        @Override
        public void timed(KernelTime time) {
            log.add(time);
        }

        @Override
        public void said(String line) {
            said.add(line);
        }
    }

    private TuningLog read() {
        String text = String.join("\n", log.stream().map(KernelTime::text).toList()) + "\n";
        return TuningLog.read(text, "log");
    }

    /** First times are up to 3 % off, second ones right. */
    @ParameterizedTest
    @EnumSource
    void findsTheFastestScheduleOfEachKernel(Target target) {
        tune(target);
        TuningLog read = read();
        int decided = 0;
        for (int batch : BATCHES) {
            for (KernelSpec spec : specs(target, batch)) {
                List<Schedule> candidates = ScheduleSelector.candidates(spec, target);
                if (candidates.size() > 1) {
                    decided++;
                    assertThat(read.fastest(spec, target, batch, candidates).map(one -> time(spec, one, target)))
                            .as("%s at batch %d, seed %d", spec, batch, seed)
                            .contains(10.0);
                }
            }
        }
        assertThat(decided).isGreaterThan(5);
    }

    private double time(KernelSpec spec, Schedule schedule, Target target) {
        return truth.get(new ScheduledKernel(spec, schedule, target).name());
    }

    @ParameterizedTest
    @EnumSource(names = {"SM_80", "SM_90A"})
    void everyScheduleIsBuiltAndTimedOnceAndTheClosestAgain(Target target) {
        tune(target);
        assertThat(built).extracting(KernelSource::name).doesNotHaveDuplicates().containsAll(truth.keySet());
        for (int batch : BATCHES) {
            for (KernelSpec spec : specs(target, batch)) {
                int candidates = ScheduleSelector.candidates(spec, target).size();
                long times = times(spec, batch).size();
                if (candidates > 1) {
                    assertThat(times).isBetween(candidates + 2L, candidates + (long) Tuner.FINALISTS);
                } else {
                    assertThat(times).isZero();
                }
            }
        }
        assertThat(device.open()).as("networks, sessions and replays left open").isZero();
        assertThat(device.closed()).as("its owner closes it").isFalse();
    }

    private List<KernelTime> times(KernelSpec spec, int batch) {
        return log.stream()
                .filter(time -> time.batch() == batch && time.kernel().equals(spec.canonicalName()))
                .toList();
    }

    /** At the end the whole network is timed as the compiler estimates and as the log decides. */
    @ParameterizedTest
    @EnumSource(names = {"SM_80", "SM_90A"})
    void theNetworkOfTheLogIsFaster(Target target) {
        tune(target);
        List<Double> wholes = device.wholes();
        assertThat(wholes).hasSize(2 * BATCHES.size());
        for (int i = 0; i < wholes.size(); i += 2) {
            assertThat(wholes.get(i + 1)).as("seed %d", seed).isLessThan(wholes.get(i));
        }
        assertThat(said)
                .hasSize(1 + BATCHES.size())
                .last()
                .asString()
                .matches(
                        "sample, batch 8: \\d+ kernels, \\d+ times; all kernels take [0-9.]+ us as estimated, [0-9.]+ us as"
                                + " measured");
    }

    /** Whatever a limit cuts off: a kernel that was timed has a time of the schedule that is expected to be the fastest. */
    @Test
    void timesThatEndEarlyDecideForNothingSlowerThanWhatIsEstimated() {
        tune(Target.SM_80);
        int all = log.size();
        for (int most : new int[] {1, 3, 1 + random.nextInt(all - 1)}) {
            log.clear();
            said.clear();
            assertThat(tune(Target.SM_80, TimeLimit.in(Duration.ofNanos(most), () -> log.size())))
                    .isFalse();
            assertThat(log).as("seed %d", seed).hasSize(most);
            assertThat(said).last().asString().contains("the limit passed after ");
            assertThat(device.open()).isZero();
            TuningLog read = read();
            for (int batch : BATCHES) {
                assertThat(compiled(Target.SM_80, batch, read))
                        .satisfies(tuned -> assertThat(slowest(tuned, batch))
                                .as("seed %d", seed)
                                .isEmpty());
            }
        }
    }

    /** Kernels of which a log was made with first times only, so that they can be off by 3 %. */
    private List<String> slowest(Plan tuned, int batch) {
        List<KernelSpec> specs = TuningTask.specs(tuned);
        List<String> slower = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            Schedule estimated = ScheduleSelector.select(specs.get(i), Target.SM_80, batch);
            String chosen = tuned.programs().get(0).steps().get(i).kernel().name();
            if (truth.get(chosen) > 1.07 * time(specs.get(i), estimated, Target.SM_80)) {
                slower.add(chosen);
            }
        }
        return slower;
    }
}
