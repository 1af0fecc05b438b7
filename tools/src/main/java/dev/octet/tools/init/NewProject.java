package dev.octet.tools.init;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.OutputFile;
import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Maven project with one network, which builds as it is written.
 *
 * @param folder where it is written
 * @param names its names
 * @param octetVersion version of Octet that it uses
 * @param model the ONNX model whose network it has; a small network of random weights if empty
 */
public record NewProject(Path folder, ProjectNames names, String octetVersion, Optional<Model> model) {
    private static final String OWN_WEIGHTS = "weights.safetensors";
    private static final String SMALL = "A small network with random weights, to begin with: put trained weights and a"
            + " definition that fits them in their place.";

    /**
     * A model to be imported.
     *
     * @param file the ONNX file
     * @param shapes see {@link ImportOptions}
     * @param image see {@link ImportOptions}
     * @param maxBatch see {@link ImportOptions}
     */
    public record Model(Path file, Map<String, List<Integer>> shapes, Optional<ImageOption> image, int maxBatch) {
        public Model {
            shapes = Map.copyOf(shapes);
        }
    }

    /**
     * Writes the project.
     *
     * @return the files, in the order of their names below the folder
     * @throws OctetException {@link InitCode#EXISTS} if a file is in the way, before anything is written; a
     *     {@link dev.octet.tools.onnx.OnnxCode} if the model cannot be imported
     */
    public List<Path> write() {
        Optional<ImportOptions> imported = model.map(this::options);
        String weights = imported.map(ImportOptions::weightsName).orElse(OWN_WEIGHTS);
        Map<String, byte[]> files = texts(weights);
        if (imported.isEmpty()) {
            files.put(source(), text("Definition.java", weights));
            files.put("src/main/octet/" + weights, SmallWeights.safetensors());
        }
        List<Path> paths =
                new ArrayList<>(files.keySet().stream().map(folder::resolve).toList());
        imported.ifPresent(options -> paths.addAll(List.of(options.sourceFile(), options.weightsFile())));
        paths.forEach(NewProject::requireFree);
        imported.ifPresent(OnnxImport::run);
        files.forEach((name, bytes) -> OutputFile.write(folder.resolve(name), bytes));
        return paths.stream().sorted().toList();
    }

    private String source() {
        return "src/main/java/" + names.path() + ".java";
    }

    private ImportOptions options(Model from) {
        return new ImportOptions(
                from.file(),
                names.className(),
                folder.resolve("src/main/java"),
                folder.resolve("src/main/octet"),
                from.shapes(),
                from.image(),
                from.maxBatch(),
                false);
    }

    private static void requireFree(Path file) {
        if (Files.exists(file)) {
            throw new OctetException(InitCode.EXISTS, file);
        }
    }

    private Map<String, byte[]> texts(String weights) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(".gitignore", text("gitignore", weights));
        files.put("README.md", text("README.md", weights));
        files.put("pom.xml", text("pom.xml", weights));
        files.put("src/test/java/" + names.path() + "Test.java", text("Test.java", weights));
        return files;
    }

    private byte[] text(String template, String weights) {
        String origin = model.map(from -> "Imported from " + from.file().getFileName() + ".")
                .orElse(SMALL);
        return resource(template + ".txt")
                .replace("@groupId@", names.groupId())
                .replace("@artifactId@", names.artifactId())
                .replace("@octetVersion@", octetVersion)
                .replace("@package@", names.packageName())
                .replace("@class@", names.simpleName())
                .replace("@path@", names.path())
                .replace("@weights@", weights)
                .replace("@origin@", origin)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = NewProject.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
