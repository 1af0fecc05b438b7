package dev.octet.examples.zoo;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** Real networks and images, which may not be part of the project: tests that need them are skipped without them. */
final class SharedData {
    private static final Path ROOT = Path.of("../../../shared/data");

    private SharedData() {}

    /** A file or folder; the test is skipped if it is absent. */
    static Path require(String name) {
        Path path = ROOT.resolve(name);
        assumeThat(path)
                .as("real networks and images lie beside the project, not in it: %s", path.normalize())
                .exists();
        return path;
    }
}
