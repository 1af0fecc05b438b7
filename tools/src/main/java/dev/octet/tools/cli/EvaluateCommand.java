package dev.octet.tools.cli;

import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.tools.Evaluation;
import dev.octet.tools.EvaluationResult;
import dev.octet.tools.OutputFile;
import dev.octet.tools.Thresholds;
import dev.octet.tools.TimedProgress;
import dev.octet.tools.images.Dataset;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares INT8 with FP32 on images. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Prints accuracy, agreement of INT8 with FP32 and images per second of a network.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ImagesOption images;

    @Option(names = "--labels", paramLabel = "FILE", description = SearchCommand.LABELS)
    private Optional<Path> labels;

    @Option(
            names = "--device",
            defaultValue = Devices.BEST,
            description = "Device of the INT8 network (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Calibration table (default: the one in the classes directory).")
    private Optional<Path> table;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "64",
            converter = PositiveInteger.class,
            description = "Images in one run, at most as many as the network allows (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--examples",
            paramLabel = "N",
            converter = PositiveInteger.class,
            description = "Most images to use (default: all).")
    private Optional<Integer> examples;

    @Option(
            names = "--layer-images",
            paramLabel = "N",
            defaultValue = "0",
            description = "Images that every value is compared on, for the file of --json (default: none).")
    private int layerImages;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the result as JSON.")
    private Optional<Path> json;

    @Option(names = "--min-top1", paramLabel = "PERCENT", description = "Fails if top-1 in INT8 is less.")
    private Optional<Double> minTop1;

    @Option(names = "--min-agreement", paramLabel = "PERCENT", description = "Fails if INT8 agrees less with FP32.")
    private Optional<Double> minAgreement;

    @Option(names = "--max-drop", paramLabel = "POINTS", description = "Fails if top-1 in INT8 is more below FP32.")
    private Optional<Double> maxDrop;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Thresholds thresholds = new Thresholds(minTop1, minAgreement, maxDrop);
        Options plain = Options.onDevice(device);
        Options quantised = table.map(plain::calibration).orElse(plain);
        Evaluation evaluation = new Evaluation(options.network(), options.sources(), batch, layerImages);
        Dataset data = evaluation.dataset(images.path(), labels, images.selection(examples), thresholds);
        EvaluationResult result = evaluation.run(data, quantised, new TimedProgress(out::println)::part);
        out.print(result.text());
        out.flush();
        json.ifPresent(file -> OutputFile.write(file, result.json()));
        thresholds.check(result);
        return 0;
    }
}
