package dev.octet.tools.cli;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.Outcome;
import dev.octet.tools.WeightsBuild;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Folds and quantises the weights of every network of a module. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = "Makes weights.bin of every network from its plan and its safetensors file.")
final class WeightsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClassesOption classes;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "src/main/octet",
            description = "Folder of the safetensors files (default: ${DEFAULT-VALUE}).")
    private Path sources;

    @Option(names = "--no-corrections", description = "Leaves corrections of weights (see 'octet correct') out.")
    private boolean uncorrected;

    @Override
    public Integer call() {
        for (BuiltNetwork network : BuiltNetwork.in(classes.path())) {
            Outcome outcome = uncorrected
                    ? WeightsBuild.buildUncorrected(network, sources)
                    : WeightsBuild.build(network, sources);
            spec.commandLine()
                    .getOut()
                    .println(network.weightsFile() + ": " + outcome.name().toLowerCase(Locale.ROOT));
        }
        return 0;
    }
}
