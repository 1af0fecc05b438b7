package dev.octet.processor.weights;

import dev.octet.plan.weights.WeightsName;
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
    public Path find(WeightsName weights, URI source, String packageName) {
        List<Path> candidates = given.or(() -> besideSourceRoot(source, packageName)).stream()
                .map(folder -> below(folder, weights))
                .toList();
        return candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        HostCode.NO_WEIGHTS,
                        weights.text(),
                        candidates.isEmpty()
                                ? "nothing, for " + source + " is not in a source root"
                                : candidates.get(0).toAbsolutePath().normalize()));
    }

    /** Another file of the same folder, if it is there. */
    public Optional<Path> find(String name, URI source, String packageName) {
        return given.or(() -> besideSourceRoot(source, packageName))
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile);
    }

    private static Path below(Path folder, WeightsName weights) {
        try {
            return weights.below(folder);
        } catch (InvalidPathException e) {
            throw new Failure(HostCode.ANNOTATION, weights.text(), e.getMessage());
        }
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
