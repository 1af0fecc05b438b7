package dev.octet.processor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.Plan;
import dev.octet.runtime.Network;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module on disk: sources copied from test resources, the weights they use, and a folder of classes. */
final class TestModule {
    private final Path root;
    private final List<Path> classPath =
            new ArrayList<>(List.of(location(NetworkDefinition.class), location(Network.class), location(Plan.class)));

    /**
     * Copies sources.
     *
     * @param root an empty folder
     * @param sources folder of test resources, for example {@code wrong/dead_value}
     */
    TestModule(Path root, String sources) throws IOException {
        this.root = root;
        Files.createDirectories(classes());
        Path from = Path.of("src/test/resources").resolve(sources);
        for (Path file : files(from)) {
            Path to = root.resolve("java").resolve(from.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        }
        weights().write(root.resolve("octet/net.safetensors"));
    }

    /** A module of given sources, by path, and weights. */
    TestModule(Path root, Map<String, String> sources, TestWeights weights) throws IOException {
        this.root = root;
        Files.createDirectories(classes());
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path to = sources().resolve(source.getKey());
            Files.createDirectories(to.getParent());
            Files.writeString(to, source.getValue());
        }
        weights.write(root.resolve("octet/net.safetensors"));
    }

    /** The weights that most definitions here read some of. */
    static TestWeights weights() {
        return new TestWeights()
                .tensor("conv1.weight", "F32", 4, 1, 3, 3)
                .tensor("fc.weight", "F32", 10, 4)
                .tensor("fc.bias", "F32", 10)
                .tensor("wide.weight", "F32", 10, 5)
                .tensor("wide.bias", "F32", 10)
                .tensor("counts.weight", "I32", 4, 1, 3, 3)
                .tensor("bn1.weight", "F32", 4)
                .tensor("bn1.bias", "F32", 4)
                .tensor("bn1.running_mean", "F32", 4)
                .tensor("bn1.running_var", "F32", 4);
    }

    /** Leaves only the definition language on the class path. */
    TestModule withoutRuntime() {
        classPath.retainAll(List.of(location(NetworkDefinition.class)));
        return this;
    }

    /** Puts a jar on the module path. */
    TestModule withModule(Path jar) throws IOException {
        Files.copy(jar, Files.createDirectories(root.resolve("libraries")).resolve(jar.getFileName()));
        return this;
    }

    /** Puts a folder or jar on the class path, before the others. */
    TestModule with(Path library) {
        classPath.add(0, library);
        return this;
    }

    Compiled compile(Javac javac, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", classPathText()));
        return run(javac, all);
    }

    /** Compiles with Octet's jars on the module path, under the names that their manifests give. */
    Compiled compileAsModule(Javac javac, String... options) throws IOException {
        Path libraries = Files.createDirectories(root.resolve("libraries"));
        for (Class<?> type : List.of(NetworkDefinition.class, Network.class, Plan.class)) {
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().putValue("Automatic-Module-Name", type.getPackageName());
            TestJar.write(libraries.resolve(type.getPackageName() + ".jar"), location(type), manifest);
        }
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-p", libraries.toString()));
        return run(javac, all);
    }

    /** As {@link #compile}, with a folder of its own for generated sources. */
    Compiled compileOnly(Javac javac, Path generated, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", classPathText(), "-d", classes().toString(), "-s", generated.toString()));
        return javac.run(all, files(sources()));
    }

    /** Compiles as a javac that is not told where classes go. */
    Compiled compileWithoutFolder(Javac javac) throws IOException {
        return javac.run(List.of("-encoding", "UTF-8", "-cp", classPathText()), files(sources()));
    }

    /** Generated sources go where the classes go, which is what javac does if it is not told. */
    private Compiled run(Javac javac, List<String> options) throws IOException {
        options.addAll(List.of(
                "-encoding",
                "UTF-8",
                "-d",
                classes().toString(),
                "-s",
                classes().toString()));
        return javac.run(options, files(sources()));
    }

    private String classPathText() {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    Path classes() {
        return root.resolve("classes");
    }

    Path sources() {
        return root.resolve("java");
    }

    /** Whether there is such a source, written or generated. */
    boolean hasSource(String path) {
        return Files.exists(sources().resolve(path)) || Files.exists(classes().resolve(path));
    }

    /** Contents of all generated files by their path; not of class files, which are the compiler's. */
    SortedMap<String, String> generated() throws IOException {
        SortedMap<String, String> generated = new TreeMap<>();
        for (Path file : files(classes())) {
            String name = classes().relativize(file).toString();
            if (!name.endsWith(".class")) {
                generated.put(name, Files.readString(file, name.endsWith(".cubin") ? ISO_8859_1 : UTF_8));
            }
        }
        return generated;
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The folder or jar of a class. */
    static Path location(Class<?> type) {
        URL url = type.getProtectionDomain().getCodeSource().getLocation();
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(url.toString(), e));
        }
    }
}
