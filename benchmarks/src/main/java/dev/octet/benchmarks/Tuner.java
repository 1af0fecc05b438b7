package dev.octet.benchmarks;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.NetworkImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Times every schedule of every kernel of a network within the network itself: the network is compiled as often as a kernel has
 * schedules, each time with the next schedule of all its kernels, and each such kernel's launch is timed where it stands. What
 * came out close to the fastest is timed a second time, longer and all of it within a short time, so that a clock that drifts
 * between the first times decides nothing.
 */
final class Tuner {
    /** Schedules whose first times are at most so many times the least are timed again. */
    static final double CLOSE = 1.1;

    /** The most schedules of a kernel that are timed again. */
    static final int FINALISTS = 4;

    /** Makes kernels loadable. */
    interface Builder {
        NetworkImage.Kernels build(List<KernelSource> sources) throws IOException;
    }

    /**
     * What times are of.
     *
     * @param target GPU family of the kernels
     * @param capability ten times the device's compute capability
     * @param name of the device
     */
    record Machine(Target target, int capability, String name) {}

    private final Device device;
    private final Machine machine;
    private final Builder builder;
    private final Consumer<KernelTime> times;

    /**
     * A tuner for a device.
     *
     * @param times takes what is measured, as it is measured
     */
    Tuner(Device device, Machine machine, Builder builder, Consumer<KernelTime> times) {
        this.device = device;
        this.machine = machine;
        this.builder = builder;
        this.times = times;
    }

    /** A network, compiled for a largest batch, and the schedules among which each of its kernels has a choice. */
    private record Task(Subject subject, int batch, Map<KernelSpec, List<Schedule>> schedules) {
        int rounds() {
            return schedules.values().stream().mapToInt(List::size).max().orElse(0);
        }

        Task with(Map<KernelSpec, List<Schedule>> others) {
            return new Task(subject, batch, others);
        }
    }

    /** Times a network at each of its batches, and says what became of the whole. */
    void run(Subject subject) throws IOException {
        List<Task> tasks =
                subject.batches().stream().map(batch -> task(subject, batch)).toList();
        List<KernelSource> sources = tasks.parallelStream()
                .flatMap(task -> IntStream.range(0, Math.max(1, task.rounds()))
                        .mapToObj(round -> compile(task, forced(task, round))))
                .flatMap(network -> network.compilation().kernels().stream())
                .distinct()
                .toList();
        System.out.printf(Locale.ROOT, "%s: building %d kernels%n", subject.name(), sources.size());
        NetworkImage.Kernels kernels = builder.build(sources);
        RandomWeights weights =
                RandomWeights.of(compile(tasks.get(0), TuningLog.NONE).plan());
        for (Task task : tasks) {
            run(task, weights, kernels);
        }
    }

    private Task task(Subject subject, int batch) {
        CompiledNetwork compiled = CompiledNetwork.of(subject, Precision.INT8, machine.target(), batch);
        Map<KernelSpec, List<Schedule>> schedules = new LinkedHashMap<>();
        for (KernelSpec spec : specs(compiled)) {
            List<Schedule> candidates = ScheduleSelector.candidates(spec, machine.target());
            if (candidates.size() > 1) {
                schedules.put(spec, candidates);
            }
        }
        return new Task(subject, batch, schedules);
    }

    private static List<KernelSpec> specs(CompiledNetwork compiled) {
        LowerRegions lowering = new LowerRegions(compiled.plan().int8());
        return compiled.program().steps().stream()
                .map(Step::region)
                .map(lowering::spec)
                .toList();
    }

    private CompiledNetwork compile(Task task, TuningLog log) {
        return CompiledNetwork.of(task.subject(), Precision.INT8, machine.target(), task.batch(), log);
    }

    /** A log by which each kernel gets its schedule of a round, or its last one if it has fewer. */
    private TuningLog forced(Task task, int round) {
        List<KernelTime> wanted = new ArrayList<>();
        task.schedules()
                .forEach((spec, schedules) ->
                        wanted.add(time(task, spec, schedules.get(Math.min(round, schedules.size() - 1)), 1)));
        return TuningLog.of(wanted);
    }

    private KernelTime time(Task task, KernelSpec spec, Schedule schedule, double micros) {
        ScheduledKernel kernel = new ScheduledKernel(spec, schedule, machine.target());
        return KernelTime.of(kernel, task.batch(), micros, machine.capability(), machine.name());
    }

    private void run(Task task, RandomWeights weights, NetworkImage.Kernels kernels) {
        List<KernelTime> all = new ArrayList<>();
        Map<KernelSpec, Map<Schedule, Double>> first = measure(task, Repetition.OF_STEPS, weights, kernels, all);
        Map<KernelSpec, List<Schedule>> close = new LinkedHashMap<>();
        first.forEach((spec, found) -> {
            List<Schedule> finalists = finalists(found);
            if (finalists.size() > 1) {
                close.put(spec, finalists);
            }
        });
        measure(task.with(close), Repetition.OF_FINALISTS, weights, kernels, all);
        double estimated = whole(task, TuningLog.NONE, weights, kernels);
        double tuned = whole(task, TuningLog.of(all), weights, kernels);
        System.out.printf(
                Locale.ROOT,
                "%s, batch %d: %d kernels, %d times; from operands %.1f us as estimated, %.1f us as measured%n",
                task.subject().name(),
                task.batch(),
                task.schedules().size(),
                all.size(),
                estimated,
                tuned);
    }

    /** Times all schedules of a task. */
    private Map<KernelSpec, Map<Schedule, Double>> measure(
            Task task,
            Repetition repetition,
            RandomWeights weights,
            NetworkImage.Kernels kernels,
            List<KernelTime> all) {
        Map<KernelSpec, Map<Schedule, Double>> found = new LinkedHashMap<>();
        for (int round = 0; round < task.rounds(); round++) {
            CompiledNetwork compiled = compile(task, forced(task, round));
            List<KernelSpec> specs = specs(compiled);
            try (NetworkTimes network = open(task, compiled, weights, kernels, row -> {})) {
                for (Map.Entry<KernelSpec, List<Schedule>> entry :
                        task.schedules().entrySet()) {
                    if (round < entry.getValue().size()) {
                        KernelSpec spec = entry.getKey();
                        Schedule schedule = entry.getValue().get(round);
                        KernelTime time = time(
                                task,
                                spec,
                                schedule,
                                network.times(specs.indexOf(spec), repetition).median());
                        all.add(time);
                        times.accept(time);
                        found.computeIfAbsent(spec, s -> new LinkedHashMap<>()).put(schedule, time.micros());
                    }
                }
            }
        }
        return found;
    }

    /** The schedules that may be the fastest, in the compiler's order. */
    private static List<Schedule> finalists(Map<Schedule, Double> found) {
        double most =
                CLOSE * found.values().stream().min(Comparator.naturalOrder()).orElseThrow();
        List<Schedule> fastest = found.keySet().stream()
                .filter(schedule -> found.get(schedule) <= most)
                .sorted(Comparator.comparing(found::get))
                .limit(FINALISTS)
                .toList();
        return found.keySet().stream().filter(fastest::contains).toList();
    }

    private double whole(Task task, TuningLog log, RandomWeights weights, NetworkImage.Kernels kernels) {
        List<Row> rows = new ArrayList<>();
        try (NetworkTimes network = open(task, compile(task, log), weights, kernels, rows::add)) {
            network.timeFromOperands();
        }
        return ((Row.Run) rows.get(0)).times().median();
    }

    private NetworkTimes open(
            Task task,
            CompiledNetwork compiled,
            RandomWeights weights,
            NetworkImage.Kernels kernels,
            Consumer<Row> rows) {
        return NetworkTimes.open(
                device, task.subject().name(), Precision.INT8, compiled, weights.image(compiled.plan(), kernels), rows);
    }
}
