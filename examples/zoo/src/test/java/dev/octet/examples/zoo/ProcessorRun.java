package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles definitions with the annotation processor, as a project would. */
final class ProcessorRun {
    private ProcessorRun() {}

    /**
     * Compiles to a folder, which the typed classes' sources go to as well.
     *
     * @param weights folder of the weights files
     */
    static void compile(List<Path> sources, Path weights, Path classes) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        List<String> options = List.of(
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                "-Aoctet.dir=" + weights);
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task =
                    javac.getTask(output, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
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
}
