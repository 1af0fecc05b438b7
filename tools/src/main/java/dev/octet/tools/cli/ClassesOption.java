package dev.octet.tools.cli;

import dev.octet.tools.BuiltNetwork;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the compiled networks are. */
final class ClassesOption {
    @Option(
            names = "--classes",
            paramLabel = "DIR",
            defaultValue = "target/classes",
            description = "Classes directory of the networks' module (default: ${DEFAULT-VALUE}).")
    private Path classes;

    Path path() {
        return classes;
    }

    BuiltNetwork find(String name) {
        return BuiltNetwork.find(classes, name);
    }
}
