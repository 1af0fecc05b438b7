package dev.octet.tools.cli;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.OutputFile;
import dev.octet.tools.SearchRequest;
import dev.octet.tools.accuracy.Bound;
import dev.octet.tools.accuracy.Sensitivity;
import dev.octet.tools.images.Dataset;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the layers that have to stay in FP32. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description =
                "Finds few layers that have to stay in FP32 for a network to keep within a bound, and writes its precision"
                        + " file for the next compilation.")
final class SearchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ImagesOption images;

    @Mixin
    private DefinitionOption definition;

    /** What a file of classes can be. */
    static final String LABELS =
            "Classes of the images: .txt or .csv of names and classes, .npy, an idx file or raw bytes"
                    + " (default: folders by class, if images lie in such).";

    @Option(names = "--labels", paramLabel = "FILE", description = LABELS)
    private Optional<Path> labels;

    @Option(
            names = "--examples",
            paramLabel = "N",
            converter = PositiveInteger.class,
            description = "Most images to use (default: all).")
    private Optional<Integer> examples;

    @ArgGroup(multiplicity = "1")
    private BoundOption bound;

    @Option(
            names = "--evaluations",
            paramLabel = "N",
            defaultValue = "200",
            converter = PositiveInteger.class,
            description = "Most evaluations, one for each layer's ranking included (default: ${DEFAULT-VALUE}).")
    private int evaluations;

    @Option(
            names = "--ranking-images",
            paramLabel = "N",
            defaultValue = "64",
            converter = PositiveInteger.class,
            description = "Images that layers are ranked with, from the first on (default: ${DEFAULT-VALUE}).")
    private int rankingImages;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also writes the ranking as comma-separated values.")
    private Optional<Path> csv;

    /** One of two bounds. */
    private static final class BoundOption {
        @Option(names = "--points", paramLabel = "P", description = "Points of top-1 that INT8 may be below FP32.")
        private Double points;

        @Option(
                names = "--snr",
                paramLabel = "DB",
                description = "Least mean signal to noise ratio of the scores, in dB.")
        private Double snr;

        Bound bound() {
            return points != null ? new Bound(Bound.Kind.POINTS, points) : new Bound(Bound.Kind.SNR, snr);
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        BuiltNetwork network = options.network();
        Dataset data = Dataset.labelled(images.path(), labels, network.plan(), images.selection(examples));
        SearchRequest request = new SearchRequest(bound.bound(), evaluations, rankingImages);
        SearchRequest.Found found = request.run(definition.of(network), network, options.sources(), data, line -> {
            out.println(line);
            out.flush();
        });
        csv.ifPresent(file -> OutputFile.write(
                file, found.result().ranking().map(Sensitivity::csv).orElse("")));
        out.println(found.text());
        out.flush();
        return 0;
    }
}
