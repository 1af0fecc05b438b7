package dev.octet.tools.cli;

import dev.octet.runtime.Devices;
import dev.octet.tools.CalibrationRequest;
import dev.octet.tools.TableBuild;
import dev.octet.tools.TimedProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the calibration table of a network. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = "Measures the ranges of a network's values on example images, and writes its calibration table.")
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ImagesOption images;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "entropy",
            description = "How ranges are chosen: entropy, entropy-tensorrt, entropy-mxnet, mse, naive or percentile"
                    + " (default: ${DEFAULT-VALUE}).")
    private String mode;

    @Option(
            names = "--percentile",
            paramLabel = "P",
            description = "Of the mode percentile: share of a value's elements that are not cut, in percent"
                    + " (default: 99.99).")
    private Optional<String> percentile;

    @Option(
            names = "--layers",
            paramLabel = "REGEX",
            description = "Names of the values that the mode is for; the others have their largest magnitude"
                    + " (default: all).")
    private Optional<String> layers;

    @Option(
            names = "--exclude",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Layers or values that are to stay in FP32: writes a precision file for the next compilation.")
    private List<String> excluded = List.of();

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = Devices.BEST,
            description = "Device of the FP32 network (default: ${DEFAULT-VALUE}, the CPU without a float program).")
    private String device;

    @Option(
            names = "--histograms",
            description = "Keeps the histogram of every value, with the ranges of all modes, beside the table.")
    private boolean histograms;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "500",
            converter = PositiveInteger.class,
            description = "Most images to use (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CalibrationRequest request = CalibrationRequest.of(
                mode, percentile, images.selection(examples), device, layers, excluded, histograms);
        TimedProgress progress = new TimedProgress(out::println);
        TableBuild.Result result = new TableBuild(options.network(), options.sources(), request)
                .run(images.path(), (done, most) -> progress.accept(done));
        result.lines(Path::toString).forEach(out::println);
        out.flush();
        return 0;
    }
}
