package dev.octet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures networks of ours on the first GPU, or prints the tables of a log. Beside it a script measures peers and adds to the
 * same log, while nothing else runs.
 */
public final class Bench {
    private static final String USAGE = "usage: measure LOG [NETWORK...] | report LOG FILE";

    private Bench() {}

    /**
     * Runs a command.
     *
     * @param arguments {@code measure}, a log to append to, and names of networks, all if there are none; or {@code report}, a log
     *     and a file for the table of all launches
     */
    public static void main(String[] arguments) throws IOException {
        try {
            run(List.of(arguments));
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void run(List<String> arguments) throws IOException {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        if (command.equals("measure") && arguments.size() >= 2) {
            measure(Path.of(arguments.get(1)), networks(arguments.subList(2, arguments.size())));
        } else if (command.equals("report") && arguments.size() == 3) {
            Log log = Log.read(Path.of(arguments.get(1)));
            System.out.print(new Report(log, Log.recorded()).text());
            Files.writeString(Path.of(arguments.get(2)), new LaunchTables(log, Log.recorded()).all());
        } else {
            throw new IllegalArgumentException(USAGE);
        }
    }

    /** The networks of some names; all if there are none. */
    static List<BenchmarkNetwork> networks(List<String> names) {
        return names.isEmpty()
                ? Arrays.asList(BenchmarkNetwork.values())
                : names.stream().map(BenchmarkNetwork::of).distinct().toList();
    }

    private static void measure(Path log, List<BenchmarkNetwork> networks) throws IOException {
        try (Gpu gpu = Gpu.open();
                DeviceSpeed speed = DeviceSpeed.open(gpu.driver(), gpu.gpu().ordinal())) {
            Log.append(log, gpu.info());
            Log.append(log, speed.copy());
            NetworkBenchmark benchmark = new NetworkBenchmark(gpu, speed, row -> Log.append(log, row));
            for (BenchmarkNetwork network : networks) {
                benchmark.run(network);
            }
        }
    }
}
