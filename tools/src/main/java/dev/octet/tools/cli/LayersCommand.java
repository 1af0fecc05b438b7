package dev.octet.tools.cli;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.Images;
import dev.octet.tools.OutputFile;
import dev.octet.tools.accuracy.BuiltParts;
import dev.octet.tools.accuracy.Definition;
import dev.octet.tools.accuracy.LayerComparison;
import dev.octet.tools.accuracy.LayerReport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows where INT8 loses accuracy. */
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description =
                "Compares every value of a network in INT8 with FP32: signal to noise ratio, cosine, and the line of the"
                        + " definition. Needs no labels.")
final class LayersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ImagesOption images;

    @Mixin
    private DefinitionOption definition;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "32",
            converter = PositiveInteger.class,
            description = "Most images to use (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also writes the report as comma-separated values.")
    private Optional<Path> csv;

    @Override
    public Integer call() {
        BuiltNetwork network = options.network();
        Images set = images.read(network.plan(), examples);
        Definition traced = definition.of(network);
        LayerReport report = new LayerComparison(
                        traced.plan(), traced.lines(), Runtime.getRuntime().availableProcessors())
                .run(BuiltParts.of(network, options.sources()), set, done -> {});
        spec.commandLine().getOut().print(report.text());
        csv.ifPresent(file -> OutputFile.write(file, report.csv()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
