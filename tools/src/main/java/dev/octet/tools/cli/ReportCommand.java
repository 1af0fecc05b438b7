package dev.octet.tools.cli;

import dev.octet.plan.Target;
import dev.octet.tools.OutputFile;
import dev.octet.tools.report.CompileReport;
import dev.octet.tools.report.Gpu;
import dev.octet.tools.report.MeasuredFiles;
import dev.octet.tools.report.ReportRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the compile report of a network. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes what the compiler made of a network as one HTML file: graphs, layers, kernels, memory.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--classes",
            paramLabel = "DIR",
            defaultValue = "target/classes",
            description = "Classes folder or jar of the network's module (default: ${DEFAULT-VALUE}).")
    private Path classes;

    @Parameters(paramLabel = "NETWORK", description = "Binary name of the definition class.")
    private String network;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write (default: <network>.html).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "GPU family, such as SM_80 (default: the latest that was compiled).")
    private Optional<Target> target = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images of a run (default: the network's largest batch).")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--gpu", paramLabel = "GPU", description = "GPU whose peak figures are assumed, such as A100.")
    private Optional<String> gpu = Optional.empty();

    @Option(names = "--weights", paramLabel = "FILE", description = "Safetensors file, for what it says about itself.")
    private Optional<Path> weights = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Measured times of the steps, as profile --out writes them; once for each device.")
    private List<Path> profiles = List.of();

    @Option(
            names = "--histograms",
            paramLabel = "FILE",
            description = "What calibration saw of each value, as calibrate --histograms keeps it.")
    private Optional<Path> histograms = Optional.empty();

    @Option(names = "--evaluation", paramLabel = "FILE", description = "Result of an evaluation, as JSON.")
    private Optional<Path> evaluation = Optional.empty();

    @Option(names = "--sources", paramLabel = "DIR", description = "Source folder, to quote lines of the definition.")
    private List<Path> sources = List.of();

    @Override
    public Integer call() {
        ReportRequest request = new ReportRequest(
                classes,
                network,
                target,
                batch.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                gpu.map(Gpu::named),
                weights,
                new MeasuredFiles(histograms, evaluation, profiles),
                sources);
        Path file = out.orElseGet(() -> Path.of(network + ".html"));
        OutputFile.write(file, CompileReport.html(request));
        spec.commandLine().getOut().println(file);
        return 0;
    }
}
