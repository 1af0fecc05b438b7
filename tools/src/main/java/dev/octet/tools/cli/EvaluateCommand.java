package dev.octet.tools.cli;

import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.tools.Evaluation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares INT8 with FP32 on labelled images. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Prints top-1 accuracy, agreement with FP32 and images per second of a network.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ImagesOption images;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            required = true,
            description = "What the images show: an idx file or raw bytes, one for each image.")
    private Path labels;

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

    @Override
    public Integer call() {
        Options plain = Options.onDevice(device);
        Options quantised = table.map(plain::calibration).orElse(plain);
        Evaluation evaluation = new Evaluation(options.network(), options.weights(), batch);
        spec.commandLine()
                .getOut()
                .print(evaluation.run(images.path(), labels, quantised).text());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
