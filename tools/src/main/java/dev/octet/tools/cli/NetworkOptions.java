package dev.octet.tools.cli;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.WeightsSource;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A compiled network and its build inputs. */
final class NetworkOptions {
    @Mixin
    private ClassesOption classes;

    @Parameters(paramLabel = "NETWORK", description = "Binary name of the definition class.")
    private String name;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "src/main/octet",
            description = "Folder of the safetensors files and calibration tables (default: ${DEFAULT-VALUE}).")
    private Path sources;

    BuiltNetwork network() {
        return classes.find(name);
    }

    Path sources() {
        return sources;
    }

    Path weights() {
        return WeightsSource.find(network(), sources);
    }
}
