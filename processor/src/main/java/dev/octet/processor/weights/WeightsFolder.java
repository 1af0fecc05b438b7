package dev.octet.processor.weights;

import dev.octet.processor.HostCode;
import dev.octet.processor.report.Failure;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a weights file: in the given folder or else in the {@code octet} folder beside the definition's source root. */
public final class WeightsFolder {
    private final Optional<Path> given;

    /** A finder that looks into {@code given}, if present, and nowhere else. */
    public WeightsFolder(Optional<Path> given) {
        this.given = given;
    }

    /**
     * The weights file of a definition.
     *
     * @param weights the annotation's file name
     * @param source the definition's source file
     * @param packageName the definition's package, which its source folders repeat
     * @throws Failure that names the places searched, if it is not there
     */
    public Path find(String weights, URI source, String packageName) {
        Path name = relative(weights);
        List<Path> candidates = given.or(() -> besideSourceRoot(source, packageName)).stream()
                .map(folder -> folder.resolve(name))
                .toList();
        return candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        HostCode.NO_WEIGHTS,
                        weights,
                        candidates.isEmpty()
                                ? "nothing, for " + source + " is not in a source root"
                                : candidates.get(0).toAbsolutePath().normalize()));
    }

    private static Path relative(String weights) {
        try {
            Path path = Path.of(weights);
            if (!weights.isBlank() && !path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new Failure(HostCode.ANNOTATION, "weights", e.getMessage());
        }
        throw new Failure(
                HostCode.ANNOTATION,
                "weights",
                "it is a file name relative to the octet folder, got \"" + weights + "\"");
    }

    /** {@code src/main/java/com/acme/Net.java} of package {@code com.acme} to {@code src/main/octet}. */
    private static Optional<Path> besideSourceRoot(URI source, String packageName) {
        Path folder;
        try {
            folder = Path.of(source).toAbsolutePath().getParent();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
        Path root = folder;
        if (!packageName.isEmpty()) {
            Path packagePath = Path.of(packageName.replace('.', '/'));
            if (folder == null || !folder.endsWith(packagePath)) {
                return Optional.empty();
            }
            for (int i = 0; i < packagePath.getNameCount(); i++) {
                root = root.getParent();
            }
        }
        return Optional.ofNullable(root).map(path -> path.resolveSibling("octet"));
    }
}
