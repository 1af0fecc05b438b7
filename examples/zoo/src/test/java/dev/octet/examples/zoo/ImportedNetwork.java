package dev.octet.examples.zoo;

import dev.octet.runtime.Network;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of others, imported, and compiled with the processor as a project would. */
final class ImportedNetwork {
    private static final String CLASS = "org.example.Imported";

    private final Path classes;
    private final OnnxImport.Result result;

    /**
     * Imports a model and compiles the class.
     *
     * @param folder where everything goes
     * @param shape shape of the only input, if the model leaves it open
     */
    ImportedNetwork(Path model, Optional<List<Integer>> shape, ImageOption image, Path folder) throws IOException {
        Map<String, List<Integer>> shapes =
                shape.map(extents -> Map.of("", extents)).orElse(Map.of());
        this.classes = Files.createDirectories(folder.resolve("classes"));
        this.result = OnnxImport.run(new ImportOptions(
                model, CLASS, folder.resolve("java"), folder.resolve("octet"), shapes, Optional.of(image), 16, false));
        ProcessorRun.compile(List.of(result.source()), folder.resolve("octet"), classes);
    }

    /** The class's text. */
    String source() throws IOException {
        return Files.readString(result.source());
    }

    /** The network in floats on the CPU. */
    Network open() throws IOException {
        try {
            ClassLoader loader = new URLClassLoader(
                    new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
            NetworkSpec spec = NetworkSpec.of(CLASS, loader.loadClass(CLASS));
            return Network.open(
                    spec, Options.onDevice("cpu").precision(Precision.FP32).weights(result.weights()));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
