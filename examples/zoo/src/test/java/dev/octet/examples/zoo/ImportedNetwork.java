package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.runtime.Network;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

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
        compile(folder);
    }

    private void compile(Path folder) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        List<String> options = List.of(
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                "-Aoctet.dir=" + folder.resolve("octet"));
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task =
                    javac.getTask(output, files, null, options, null, files.getJavaFileObjects(result.source()));
            task.setProcessors(processors());
            assertThat(task.call()).as("%s", output).isTrue();
        }
    }

    private static List<Processor> processors() {
        List<Processor> processors = ServiceLoader.load(Processor.class).stream()
                .filter(provider -> provider.type().getName().startsWith("dev.octet."))
                .map(ServiceLoader.Provider::get)
                .toList();
        assertThat(processors).hasSize(1);
        return processors;
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
