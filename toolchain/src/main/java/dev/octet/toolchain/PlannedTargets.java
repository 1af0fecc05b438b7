package dev.octet.toolchain;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads for which targets the networks of a build were compiled. */
final class PlannedTargets {
    private PlannedTargets() {}

    /**
     * The targets of each network below a folder of classes, by its name.
     *
     * @throws dev.octet.plan.diag.OctetException if a plan is damaged
     */
    static Map<String, Set<Target>> in(Path classes) throws IOException {
        Map<String, Set<Target>> networks = new TreeMap<>();
        for (String name : folders(classes.resolve(ResourcePaths.ROOT))) {
            Path file = classes.resolve(ResourcePaths.plan(name));
            if (Files.isRegularFile(file)) {
                networks.put(
                        name,
                        PlanText.read(Files.readAllBytes(file), file.toString()).programs().stream()
                                .map(LaunchProgram::target)
                                .collect(Collectors.toSet()));
            }
        }
        return networks;
    }

    private static List<String> folders(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
