package dev.octet.examples.fashion;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of the example's Maven project are. */
final class ProjectFiles {
    private static final String NETWORK = Fashion.class.getName();

    private final Path project;

    ProjectFiles(Path project) {
        this.project = project.toAbsolutePath().normalize();
    }

    Path data() {
        return project.resolve("src/main/data");
    }

    Path weights() {
        return project.resolve("src/main/octet/fashion.safetensors");
    }

    /** The table that goes into the jar. */
    Path table() {
        return project.resolve("src/main/octet/" + NETWORK + ".calibration");
    }

    /** Where a table that the example has just made is written. */
    Path freshTable(String algorithm) {
        return project.resolve("target/" + NETWORK + "." + algorithm + ".calibration");
    }

    private Path classes() {
        return project.resolve("target/classes");
    }

    private Path kernels(Target target) {
        return classes().resolve(ResourcePaths.kernel(target, "x", "cu")).getParent();
    }

    private Path kernels() {
        // Kernels lie in a folder per target; the name of none is needed to find it.
        return kernels(Target.SM_61).getParent();
    }

    /** Kernels with the given extension, of all targets, by path. */
    List<Path> kernels(String extension) throws IOException {
        try (Stream<Path> files = Files.walk(kernels())) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    /** A path as one would type it where the example runs. */
    String display(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    void print(PrintStream out) throws IOException {
        out.println("What the build made:");
        out.println("  plan        " + display(classes().resolve(ResourcePaths.plan(NETWORK))));
        out.println("  weights     " + display(classes().resolve(ResourcePaths.weights(NETWORK))));
        out.println("  CUDA        " + kernels(".cu").size() + " kernels, " + display(kernels()) + "/*/*.cu");
        List<Path> ptx = kernels(".ptx");
        out.println("  PTX         "
                + (ptx.isEmpty()
                        ? "none, there is no CUDA compiler"
                        : ptx.size() + " kernels, " + display(kernels()) + "/*/*.ptx"));
        out.println("  calibration " + display(classes().resolve(ResourcePaths.calibration(NETWORK))));
        out.println(
                "              copied from " + display(table()) + "; the tables above are fresh and in target/ only");
    }
}
