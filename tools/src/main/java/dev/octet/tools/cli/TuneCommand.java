package dev.octet.tools.cli;

import dev.octet.runtime.Devices;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.tune.TuningRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the schedules of a network's kernels. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        description =
                "Measures all schedules of a network's kernels on a GPU, and adds their times to a tuning log, by which"
                        + " javac chooses: -Aoctet.tuning=<file>.")
final class TuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = Devices.BEST,
            description = "Device with a GPU, such as cuda:0 (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--batches",
            paramLabel = "N",
            split = ",",
            converter = PositiveInteger.class,
            description =
                    "Largest batches that are measured; times are for a network's own (default: that of the network).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Tuning log to add to (default: one named after the GPU among the build inputs, such as"
                    + " src/main/octet/nvidia-h200.tuning).")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            converter = PositiveInteger.class,
            description = "Seconds after which measuring ends; what was measured stays (default: none).")
    private Optional<Integer> limit = Optional.empty();

    @Option(names = "--nvcc", paramLabel = "FILE", description = "The CUDA compiler, instead of a search.")
    private Optional<String> nvcc = Optional.empty();

    @Option(
            names = "--nvrtc",
            paramLabel = "FILE",
            description = "Jar or folder of NVRTC, which compiles where there is no nvcc.")
    private Optional<String> nvrtc = Optional.empty();

    @Option(
            names = "--tool-timeout",
            paramLabel = "SECONDS",
            description = "Longest time that the CUDA compiler may take for one kernel (default: 120).")
    private Optional<String> toolTimeout = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TuningRequest request = new TuningRequest(device, batches, options.sources(), log, limit);
        TuningRequest.Result result = request.run(options.network(), toolchain(), line -> {
            out.println(line);
            out.flush();
        });
        if (result.times() > 0) {
            out.println(result.times() + " times -> " + result.file());
            out.println("Compile with -Aoctet.tuning=" + result.file().toAbsolutePath() + ", after a clean");
        } else {
            out.println("No times, and nothing was written");
        }
        out.flush();
        if (!result.complete()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Not all was measured within the limit of " + limit.orElseThrow()
                    + " seconds; a longer run measures again and adds to the log");
            err.flush();
        }
        return 0;
    }

    /** Options, and system properties where there is none. */
    private ToolchainOptions toolchain() {
        Map<String, String> given = new HashMap<>();
        nvcc.ifPresent(value -> given.put("octet.nvcc", value));
        nvrtc.ifPresent(value -> given.put("octet.nvrtc", value));
        toolTimeout.ifPresent(value -> given.put("octet.toolTimeout", value));
        return ToolchainOptions.of(
                name -> Optional.ofNullable(given.getOrDefault(name, System.getProperty(name))), System.getenv());
    }
}
