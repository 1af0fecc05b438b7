package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.NetworkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network as the annotation processor left it in a classes directory.
 *
 * @param classes the classes directory
 * @param name binary name of the definition class
 */
public record BuiltNetwork(Path classes, String name) {
    /** Most bytes of a text that is read whole. */
    static final int MAX_TEXT = 1 << 26;

    private static final int MAX_WEIGHTS = Integer.MAX_VALUE - 8;

    /** Every network in a classes directory, by name; none if there is no such directory. */
    public static List<BuiltNetwork> in(Path classes) {
        Path root = classes.resolve(ResourcePaths.ROOT);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder ->
                            new BuiltNetwork(classes, folder.getFileName().toString()))
                    .filter(network -> Files.isRegularFile(network.planFile()))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", root, StoredFiles.reason(e));
        }
    }

    /** The network with the given name. Throws {@link OctetException} that lists those that are there. */
    public static BuiltNetwork find(Path classes, String name) {
        List<BuiltNetwork> networks = in(classes);
        return networks.stream()
                .filter(network -> network.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new OctetException(ToolsCode.NO_NETWORK, name, classes, names(networks)));
    }

    /** The only network. Throws {@link OctetException} unless there is exactly one. */
    public static BuiltNetwork only(Path classes) {
        List<BuiltNetwork> networks = in(classes);
        if (networks.isEmpty()) {
            throw new OctetException(ToolsCode.NOTHING_COMPILED, classes);
        }
        if (networks.size() > 1) {
            throw new OctetException(ToolsCode.WHICH_NETWORK, networks.size(), names(networks));
        }
        return networks.get(0);
    }

    private static String names(List<BuiltNetwork> networks) {
        return networks.isEmpty()
                ? "none"
                : networks.stream().map(BuiltNetwork::name).collect(Collectors.joining(", "));
    }

    /** Reads the plan. */
    public Plan plan() {
        Path file = planFile();
        return PlanText.read(readAll(file, MAX_TEXT), file.toString());
    }

    /** Where the plan lies. */
    public Path planFile() {
        return classes.resolve(ResourcePaths.plan(name));
    }

    /** Where the name of the weights file lies. */
    Path weightsSourceFile() {
        return classes.resolve(ResourcePaths.weightsSource(name));
    }

    /** Where the digests of its sources lie. */
    Path sourcesFile() {
        return classes.resolve(ResourcePaths.sources(name));
    }

    /** Where the precision file lies that it was compiled with. */
    Path precisionFile() {
        return classes.resolve(ResourcePaths.precision(name));
    }

    /** Where the quantised weights lie. */
    public Path weightsFile() {
        return classes.resolve(ResourcePaths.weights(name));
    }

    /** Reads the quantised weights; empty if there are none. */
    public Optional<WeightsFile> weights() {
        Path file = weightsFile();
        return Files.isRegularFile(file)
                ? Optional.of(WeightsFile.read(readAll(file, MAX_WEIGHTS), file.toString()))
                : Optional.empty();
    }

    /** Where the calibration table lies. */
    public Path tableFile() {
        return classes.resolve(ResourcePaths.calibration(name));
    }

    /** Where the corrections of the weights lie. */
    public Path correctionsFile() {
        return classes.resolve(ResourcePaths.corrections(name));
    }

    /** What opens the network from its classes directory. Throws {@link OctetException} if its class cannot be loaded. */
    public NetworkSpec spec() {
        try {
            URL[] path = {classes.toUri().toURL()};
            ClassLoader loader = new URLClassLoader(path, BuiltNetwork.class.getClassLoader());
            return NetworkSpec.of(name, Class.forName(name, false, loader));
        } catch (MalformedURLException | ClassNotFoundException | LinkageError e) {
            throw new OctetException(e, ToolsCode.IO, "load the class of", name, e);
        }
    }

    /** A file's text in UTF-8, read like {@link #readAll}. */
    static String readText(Path file, int limit) {
        return new String(readAll(file, limit), StandardCharsets.UTF_8);
    }

    /** A file's bytes; one that is too large to be what its name says is not read. */
    static byte[] readAll(Path file, int limit) {
        try (InputStream in = Files.newInputStream(file)) {
            return BoundedInput.read(in, limit).orElseThrow(() -> new OctetException(ToolsCode.TOO_LARGE, file, limit));
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }
}
