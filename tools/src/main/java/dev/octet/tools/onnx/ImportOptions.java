package dev.octet.tools.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is imported, and to where.
 *
 * @param model the ONNX file
 * @param className binary name of the definition's class, {@code com.acme.Fashion}
 * @param sources folder of Java sources, {@code src/main/java}
 * @param weights folder of weights, {@code src/main/octet}
 * @param shapes shapes of inputs whose extents the file leaves open, without the batch, by name
 * @param image how bytes become the numbers of the input that is an image; empty if callers pass floats
 * @param maxBatch largest number of images of a run, at least 1
 * @param replace whether files of other content are replaced
 */
public record ImportOptions(
        Path model,
        String className,
        Path sources,
        Path weights,
        Map<String, List<Integer>> shapes,
        Optional<ImageOption> image,
        int maxBatch,
        boolean replace) {
    /** Checks the name of the class and the batch; throws {@link OnnxCode#OPTION}. */
    public ImportOptions {
        shapes = Map.copyOf(shapes);
        OptionText.requireClassName(className);
        OptionText.requireBatch(maxBatch);
    }

    /** The class without its package. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** The package; empty for none. */
    public String packageName() {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    /** Where the class is written. */
    public Path sourceFile() {
        return sources.resolve(className.replace('.', '/') + ".java");
    }

    /** Name of the weights file: the model's. */
    public String weightsName() {
        Path file = model.getFileName();
        String name = (file == null ? "" : file.toString()).replaceFirst("\\.onnx$", "");
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "");
        return (plain.isEmpty() ? simpleName() : plain) + ".safetensors";
    }

    /** Where the weights are written. */
    public Path weightsFile() {
        return weights.resolve(weightsName());
    }
}
