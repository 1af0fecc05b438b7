package dev.octet.tools.cli;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.accuracy.Definition;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What a definition needs to run again. */
final class DefinitionOption {
    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Jars and folders of classes that the definition uses, beside the classes directory.")
    private String classpath;

    Definition of(BuiltNetwork network) {
        List<Path> path = Stream.of(classpath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        return Definition.of(network, path);
    }
}
