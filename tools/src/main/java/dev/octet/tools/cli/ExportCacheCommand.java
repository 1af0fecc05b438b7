package dev.octet.tools.cli;

import dev.octet.tools.TensorRtExchange;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the calibration table of a network as a cache of TensorRT. */
@Command(
        name = "export-cache",
        mixinStandardHelpOptions = true,
        description = "Writes a network's calibration table as a calibration cache of TensorRT.")
final class ExportCacheCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Option(names = "--tensorrt", paramLabel = "FILE", required = true, description = "Calibration cache to write.")
    private Path cache;

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description =
                    "Names of tensors, a line each: <value> <tensor> (default: <network>.tensorrt-names in --dir, if"
                            + " it is there).")
    private Optional<Path> names;

    @Option(
            names = "--header",
            paramLabel = "TEXT",
            description =
                    "First line, by which TensorRT knows its version's caches (default: that of the imported cache, or "
                            + TensorRtExchange.USUAL_HEADER + ").")
    private Optional<String> header;

    @Override
    public Integer call() {
        new TensorRtExchange(options.network(), options.sources(), names).exportTo(cache, header);
        spec.commandLine().getOut().println(options.network().name() + " -> " + cache);
        return 0;
    }
}
