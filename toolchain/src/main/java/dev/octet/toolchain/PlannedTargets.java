package dev.octet.toolchain;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The targets of a network of a build.
 *
 * @param network its name
 * @param complete targets of which no kernel stays uncompiled
 * @param leftOut targets of which a kernel does
 */
record PlannedTargets(String network, SortedSet<Target> complete, SortedSet<Target> leftOut) {
    /**
     * Those of each network below a folder of classes, by name.
     *
     * @param uncompiled hashes of the kernels of each target that stay uncompiled
     * @throws dev.octet.plan.diag.OctetException if a plan is damaged
     */
    static List<PlannedTargets> in(Path classes, Map<Target, Set<String>> uncompiled) throws IOException {
        List<PlannedTargets> networks = new ArrayList<>();
        for (String name : folders(classes.resolve(ResourcePaths.ROOT))) {
            Path file = classes.resolve(ResourcePaths.plan(name));
            if (Files.isRegularFile(file)) {
                networks.add(of(PlanText.read(Files.readAllBytes(file), file.toString()), uncompiled));
            }
        }
        return networks;
    }

    private static PlannedTargets of(Plan plan, Map<Target, Set<String>> uncompiled) {
        SortedSet<Target> complete = new TreeSet<>();
        SortedSet<Target> leftOut = new TreeSet<>();
        for (LaunchProgram program : plan.programs()) {
            Set<String> lacking = uncompiled.getOrDefault(program.target(), Set.of());
            boolean lacks = program.steps().stream()
                    .anyMatch(step -> lacking.contains(step.kernel().hash()));
            (lacks ? leftOut : complete).add(program.target());
        }
        complete.removeAll(leftOut); // a target may have a program for each range of batches
        return new PlannedTargets(plan.network(), complete, leftOut);
    }

    private static List<String> folders(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
