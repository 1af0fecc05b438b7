package dev.octet.tools.cli;

import dev.octet.tools.CorrectionRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes corrections of a network's weights. */
@Command(
        name = "correct",
        mixinStandardHelpOptions = true,
        description =
                "Corrects the weights of a calibrated network for what quantising them does; 'octet weights' then applies the"
                        + " corrections.")
final class CorrectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ImagesOption images;

    @Option(
            names = "--bias",
            paramLabel = "KIND",
            defaultValue = "empirical",
            description =
                    "Bias correction: empirical, from the images; analytic, from batch normalisations; or none (default:"
                            + " ${DEFAULT-VALUE}).")
    private String bias;

    @Option(
            names = "--equalize",
            description = "Equalises channels across layers, and calibrates again, which replaces the table.")
    private boolean equalize;

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
        CorrectionRequest request = CorrectionRequest.of(bias, equalize);
        request.run(
                        options.network(),
                        options.sources(),
                        images.read(options.network().plan(), examples),
                        new ProgressLine(out))
                .forEach(file -> out.println(" -> " + file));
        return 0;
    }
}
