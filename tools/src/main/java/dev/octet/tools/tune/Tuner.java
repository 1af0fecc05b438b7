package dev.octet.tools.tune;

import dev.octet.compiler.Compilation;
import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.NetworkImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Times every schedule of every kernel of a network within the network itself: the network is compiled as often as a kernel has
 * schedules, each time with the next schedule of all its kernels, and each such kernel's launch is timed where it stands. What
 * came out close to the fastest is timed a second time, longer and all of it within a short time, so that a clock that drifts
 * between the first times decides nothing.
 */
public final class Tuner {
    /** Schedules whose first times are at most so many times the least are timed again. */
    static final double CLOSE = 1.1;

    /** The most schedules of a kernel that are timed again. */
    static final int FINALISTS = 4;

    /** Makes kernels loadable. */
    @FunctionalInterface
    public interface Builder {
        /** Builds kernels, none of them twice. */
        NetworkImage.Kernels build(List<KernelSource> sources);
    }

    /** Has the weights of a network, whatever its schedules. */
    @FunctionalInterface
    public interface Weights {
        /** What a device loads. */
        NetworkImage image(Plan plan, NetworkImage.Kernels kernels);
    }

    /** Is told what is measured, as it is measured. */
    public interface Listener {
        /** A time of a kernel. */
        void timed(KernelTime time);

        /** A line for people. */
        void said(String line);
    }

    /**
     * What times are of.
     *
     * @param target GPU family of the kernels
     * @param capability ten times the device's compute capability
     * @param name of the device
     */
    public record Machine(Target target, int capability, String name) {
        public Machine {
            Objects.requireNonNull(target);
            Objects.requireNonNull(name);
        }
    }

    private final Device device;
    private final Machine machine;
    private final Builder builder;
    private final Listener listener;
    private final TimeLimit limit;

    /** A tuner for a device. */
    public Tuner(Device device, Machine machine, Builder builder, Listener listener, TimeLimit limit) {
        this.device = device;
        this.machine = machine;
        this.builder = builder;
        this.listener = listener;
        this.limit = limit;
    }

    /**
     * Times a network at each of its batches, and says what became of the whole.
     *
     * @param name for people
     * @param plan its plan, for any batch and targets
     * @param batches largest batches that it is compiled for
     * @param weights its weights
     * @throws OctetException {@link TuneCode#MEMORY} if inputs and outputs of a batch have no room, before anything is built
     * @return whether all was measured: if not, the limit passed
     */
    public boolean run(String name, Plan plan, List<Integer> batches, Weights weights) {
        List<TuningTask> tasks = batches.stream()
                .map(batch -> TuningTask.of(plan, machine, batch))
                .toList();
        batches.forEach(batch -> TimedBuffers.require(plan, batch));
        List<KernelSource> sources = tasks.parallelStream()
                .flatMap(task -> IntStream.range(0, Math.max(1, task.rounds())).mapToObj(task::compile))
                .flatMap(network -> network.kernels().stream())
                .distinct()
                .toList();
        say(
                "%s: building %d kernels for %s",
                name, sources.size(), machine.target().text());
        NetworkImage.Kernels kernels = builder.build(sources);
        for (TuningTask task : tasks) {
            if (!new Run(name, task, weights, kernels).all()) {
                return false;
            }
        }
        return true;
    }

    private void say(String format, Object... arguments) {
        listener.said(String.format(Locale.ROOT, format, arguments));
    }

    /** The measurements of one task. */
    private final class Run {
        private final String name;
        private final TuningTask task;
        private final Weights weights;
        private final NetworkImage.Kernels kernels;
        private final List<KernelTime> times = new ArrayList<>();

        Run(String name, TuningTask task, Weights weights, NetworkImage.Kernels kernels) {
            this.name = name;
            this.task = task;
            this.weights = weights;
            this.kernels = kernels;
        }

        /** Whether all was measured. */
        boolean all() {
            Map<KernelSpec, List<Schedule>> close = new LinkedHashMap<>();
            measure(task, Repetition.OF_STEPS).forEach((spec, found) -> {
                List<Schedule> finalists = finalists(found);
                if (finalists.size() > 1) {
                    close.put(spec, finalists);
                }
            });
            measure(task.with(close), Repetition.OF_FINALISTS);
            if (limit.passed()) {
                say("%s, batch %d: the limit passed after %d times", name, task.batch(), times.size());
                return false;
            }
            double estimated = whole(TuningLog.NONE);
            double tuned = whole(TuningLog.of(times));
            say(
                    "%s, batch %d: %d kernels, %d times; all kernels take %.1f us as estimated, %.1f us as measured",
                    name, task.batch(), task.schedules().size(), times.size(), estimated, tuned);
            return true;
        }

        /** Times all schedules of a task, or as many as the limit allows. */
        private Map<KernelSpec, Map<Schedule, Double>> measure(TuningTask part, Repetition repetition) {
            Map<KernelSpec, Map<Schedule, Double>> found = new LinkedHashMap<>();
            for (int round = 0; round < part.rounds() && !limit.passed(); round++) {
                Compilation compiled = part.compile(round);
                List<KernelSpec> specs = TuningTask.specs(compiled.plan());
                try (TimedNetwork network = open(compiled)) {
                    for (Map.Entry<KernelSpec, Schedule> next : part.of(round).entrySet()) {
                        if (limit.passed()) {
                            break;
                        }
                        KernelSpec spec = next.getKey();
                        Times timed = network.step(specs.indexOf(spec), repetition);
                        KernelTime time = task.time(spec, next.getValue(), timed.median());
                        times.add(time);
                        listener.timed(time);
                        found.computeIfAbsent(spec, s -> new LinkedHashMap<>()).put(next.getValue(), time.micros());
                    }
                }
            }
            return found;
        }

        private double whole(TuningLog log) {
            try (TimedNetwork network = open(task.compile(log))) {
                return network.from(0, Repetition.OF_RUNS).median();
            }
        }

        private TimedNetwork open(Compilation compiled) {
            return TimedNetwork.open(device, weights.image(compiled.plan(), kernels));
        }
    }

    /** The schedules that may be the fastest, in the order in which they were timed. */
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
}
