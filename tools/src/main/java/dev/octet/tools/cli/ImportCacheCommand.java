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

/** Makes the calibration table of a network from a cache of TensorRT. */
@Command(
        name = "import-cache",
        mixinStandardHelpOptions = true,
        description = "Makes a network's calibration table from a calibration cache of TensorRT.")
final class ImportCacheCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Option(
            names = "--tensorrt",
            paramLabel = "FILE",
            required = true,
            description = "Calibration cache, TRT-<version>-<algorithm> in its first line.")
    private Path cache;

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description =
                    "Names of tensors, a line each: <value> <tensor> (default: <network>.tensorrt-names in --dir, if"
                            + " it is there).")
    private Optional<Path> names;

    @Override
    public Integer call() {
        Path table = new TensorRtExchange(options.network(), options.sources(), names).importFrom(cache);
        spec.commandLine().getOut().println(cache + " -> " + table);
        return 0;
    }
}
