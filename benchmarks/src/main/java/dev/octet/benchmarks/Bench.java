package dev.octet.benchmarks;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.tune.BuiltKernels;
import dev.octet.tools.tune.TimeLimit;
import dev.octet.tools.tune.Tuner;
import dev.octet.tools.tune.TuningLogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures networks and convolutions of ours on the first GPU, or prints the tables of a log. A script measures the same under a
 * peer and adds to the log, while nothing else runs.
 */
public final class Bench {
    private static final String USAGE =
            "usage: measure LOG [NETWORK | convolutions...] | control LOG WHEN | report LOG FILE"
                    + " | tune TUNING-LOG [NETWORK | convolutions...]";

    private Bench() {}

    /**
     * Runs a command.
     *
     * @param arguments {@code measure}, a log to append to, and names of networks or {@code convolutions}, all networks if there are
     *     none; or {@code control}, a log, and words that say when; or {@code report}, a log and a file for the table of all
     *     launches; or {@code tune}, a tuning log to append to, and names as for {@code measure}
     */
    public static void main(String[] arguments) throws IOException {
        try {
            run(List.of(arguments));
        } catch (IllegalArgumentException | IllegalStateException | OctetException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void run(List<String> arguments) throws IOException {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        if (command.equals("measure") && arguments.size() >= 2) {
            measure(Path.of(arguments.get(1)), groups(arguments.subList(2, arguments.size())));
        } else if (command.equals("tune") && arguments.size() >= 2) {
            tune(Path.of(arguments.get(1)), groups(arguments.subList(2, arguments.size())));
        } else if (command.equals("control") && arguments.size() == 3) {
            control(Path.of(arguments.get(1)), arguments.get(2));
        } else if (command.equals("report") && arguments.size() == 3) {
            Log log = Log.read(Path.of(arguments.get(1)));
            System.out.print(new Report(log, Log.recorded()).text());
            Files.writeString(Path.of(arguments.get(2)), new LaunchTables(log, Log.recorded()).all());
        } else {
            throw new IllegalArgumentException(USAGE);
        }
    }

    /** What some names stand for, each with what it measures: networks, and all convolutions; all networks if there are none. */
    static Map<String, List<Subject>> groups(List<String> names) {
        Map<String, List<Subject>> groups = new LinkedHashMap<>();
        if (names.isEmpty()) {
            for (BenchmarkNetwork network : BenchmarkNetwork.values()) {
                groups.put(network.text(), List.of(network.subject()));
            }
        }
        for (String name : names) {
            groups.put(
                    name,
                    name.equals(ConvolutionShape.GROUP)
                            ? ConvolutionShape.ALL.stream()
                                    .map(ConvolutionShape::subject)
                                    .toList()
                            : List.of(BenchmarkNetwork.of(name).subject()));
        }
        return groups;
    }

    private static void control(Path log, String when) throws IOException {
        try (Gpu gpu = Gpu.open();
                DeviceSpeed speed = DeviceSpeed.open(gpu.driver(), gpu.gpu().ordinal())) {
            Log.append(log, new Row.Control(when, speed.control()));
        }
    }

    private static void tune(Path file, Map<String, List<Subject>> groups) {
        TuningLogFile log = TuningLogFile.open(file);
        try (Gpu gpu = Gpu.open()) {
            Tuner.Machine machine = new Tuner.Machine(
                    gpu.target(), gpu.gpu().capability(), gpu.gpu().name());
            log.requireDevice(machine.target(), machine.name());
            Tuner tuner = new Tuner(
                    gpu.device(),
                    machine,
                    sources -> BuiltKernels.of(sources, machine.capability(), ToolchainOptions.fromSystem()),
                    new Tuning(log),
                    TimeLimit.NONE);
            for (List<Subject> subjects : groups.values()) {
                subjects.forEach(subject -> tune(tuner, subject, machine.target()));
            }
        }
    }

    private static void tune(Tuner tuner, Subject subject, Target target) {
        List<Integer> batches = subject.batches();
        CompiledNetwork network = CompiledNetwork.of(subject, Precision.INT8, target, batches.get(0));
        tuner.run(subject.name(), network.plan(), batches, RandomWeights.of(network.plan())::image);
    }

    /** Keeps times and prints lines. */
    private record Tuning(TuningLogFile log) implements Tuner.Listener {
        @Override
        public void timed(KernelTime time) {
            log.append(time);
        }

        @Override
        public void said(String line) {
            System.out.println(line);
        }
    }

    private static void measure(Path log, Map<String, List<Subject>> groups) throws IOException {
        try (Gpu gpu = Gpu.open();
                DeviceSpeed speed = DeviceSpeed.open(gpu.driver(), gpu.gpu().ordinal())) {
            Log.append(log, gpu.info());
            Log.append(log, speed.copy());
            Measurement measurement = new Measurement(gpu, speed, row -> Log.append(log, row));
            for (Map.Entry<String, List<Subject>> group : groups.entrySet()) {
                measurement.run(group.getKey(), group.getValue());
            }
        }
    }
}
