package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.runtime.device.NetworkImage;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunes a network for a device whose times are made up, and differ from what the cost models expect. */
class TunerTest {
    private static final Subject SUBJECT = new Subject(
            "squeezenet",
            BenchmarkNetwork.SQUEEZENET1_1.subject().definition(),
            Shape.of(3, 64, 64),
            1000,
            List.of(1, 8),
            false);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, Double> truth = new HashMap<>();
    private final List<KernelTime> log = new ArrayList<>();
    private final List<KernelSource> built = new ArrayList<>();
    private final TimedDevice device = new TimedDevice(truth::get, seed);

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

    private static Set<KernelSpec> specs(Target target, int batch) {
        CompiledNetwork compiled = CompiledNetwork.of(SUBJECT, Precision.INT8, target, batch);
        LowerRegions lowering = new LowerRegions(compiled.plan().int8());
        Set<KernelSpec> specs = new HashSet<>();
        compiled.program().steps().forEach(step -> specs.add(lowering.spec(step.region())));
        return specs;
    }

    private void tune(Target target) throws IOException {
        invent(target);
        new Tuner(device, new Tuner.Machine(target, target.capability(), "A GPU"), this::build, log::add).run(SUBJECT);
    }

    private NetworkImage.Kernels build(List<KernelSource> sources) {
        built.addAll(sources);
        return (target, kernel) -> Optional.empty();
    }

    /** First times are up to 3 % off, second ones right. */
    @ParameterizedTest
    @EnumSource
    void findsTheFastestScheduleOfEachKernel(Target target) throws IOException {
        tune(target);
        String text = String.join("\n", log.stream().map(KernelTime::text).toList()) + "\n";
        TuningLog read = TuningLog.read(text, "log");
        int decided = 0;
        for (int batch : SUBJECT.batches()) {
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
        assertThat(decided).isGreaterThan(20);
    }

    private double time(KernelSpec spec, Schedule schedule, Target target) {
        return truth.get(new ScheduledKernel(spec, schedule, target).name());
    }

    @ParameterizedTest
    @EnumSource(names = {"SM_80", "SM_90A"})
    void everyScheduleIsBuiltAndTimedOnceAndTheClosestAgain(Target target) throws IOException {
        tune(target);
        assertThat(built).extracting(KernelSource::name).doesNotHaveDuplicates().containsAll(truth.keySet());
        for (int batch : SUBJECT.batches()) {
            for (KernelSpec spec : specs(target, batch)) {
                int candidates = ScheduleSelector.candidates(spec, target).size();
                long times = log.stream()
                        .filter(time -> time.batch() == batch && time.kernel().equals(spec.canonicalName()))
                        .count();
                if (candidates > 1) {
                    assertThat(times).isBetween(candidates + 2L, candidates + (long) Tuner.FINALISTS);
                } else {
                    assertThat(times).isZero();
                }
            }
        }
        assertThat(device.open()).as("networks, sessions and replays left open").isZero();
    }

    /** At the end the whole network is timed as the compiler estimates and as the log decides. */
    @ParameterizedTest
    @EnumSource(names = {"SM_80", "SM_90A"})
    void theNetworkOfTheLogIsFaster(Target target) throws IOException {
        tune(target);
        List<Double> wholes = device.wholes();
        assertThat(wholes).hasSize(2 * SUBJECT.batches().size());
        for (int i = 0; i < wholes.size(); i += 2) {
            assertThat(wholes.get(i + 1)).as("seed %d", seed).isLessThan(wholes.get(i));
        }
    }
}
