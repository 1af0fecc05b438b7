package dev.octet.processor;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileManager;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** A javac with the processor. */
interface Javac {
    /** Compiles files; options are as on the command line. */
    Compiled run(List<String> options, List<Path> files) throws IOException;

    /** The javac of this JVM, with the processor's classes. */
    static Javac inProcess() {
        return inProcess(() -> List.of(new OctetProcessor()));
    }

    /** The javac of this JVM, with new processors for each run. */
    static Javac inProcess(Supplier<List<Processor>> processors) {
        return (options, files) -> {
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            StringWriter output = new StringWriter();
            try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
                CompilationTask task =
                        javac.getTask(output, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files));
                task.setProcessors(processors.get());
                return new Compiled(task.call(), output.toString());
            }
        };
    }

    /** The javac of this JVM, whose output goes through a file manager of the caller's. */
    static Javac inProcess(UnaryOperator<JavaFileManager> wrapper) {
        return (options, files) -> {
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            StringWriter output = new StringWriter();
            try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
                CompilationTask task = javac.getTask(
                        output,
                        wrapper.apply(manager),
                        null,
                        options,
                        null,
                        manager.getJavaFileObjectsFromPaths(files));
                task.setProcessors(List.of(new OctetProcessor()));
                return new Compiled(task.call(), output.toString());
            }
        };
    }

    /** The javac of this JVM, processing classes of the class path by name. */
    static Javac ofClasses(String... names) {
        return (options, files) -> {
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            StringWriter output = new StringWriter();
            CompilationTask task = javac.getTask(output, null, null, options, List.of(names), null);
            task.setProcessors(List.of(new OctetProcessor()));
            return new Compiled(task.call(), output.toString());
        };
    }

    /** Eclipse's compiler, in its batch form. */
    static Javac eclipse() {
        return (options, files) -> {
            EclipseCompiler compiler = new EclipseCompiler();
            StringWriter output = new StringWriter();
            List<String> released = new ArrayList<>(options);
            released.addAll(List.of("--release", "17"));
            try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
                CompilationTask task = compiler.getTask(
                        output, manager, null, released, null, manager.getJavaFileObjectsFromPaths(files));
                task.setProcessors(List.of(new OctetProcessor()));
                return new Compiled(task.call(), output.toString());
            }
        };
    }

    /**
     * The javac of a JDK, in its own process, with a jar as the processor path.
     *
     * @param jvmOptions options of the JVM, without {@code -J}
     */
    static Javac forked(Path jdk, Path processorJar, String... jvmOptions) {
        return (options, files) -> {
            List<String> command = quick(jdk);
            Stream.of(jvmOptions).forEach(option -> command.add("-J" + option));
            command.addAll(List.of("-processorpath", processorJar.toString()));
            command.addAll(options);
            files.forEach(file -> command.add(file.toString()));
            return fork(command);
        };
    }

    /** The javac of a JDK, in its own process, that is not told where processors are. */
    static Javac forked(Path jdk) {
        return (options, files) -> {
            List<String> command = quick(jdk);
            command.addAll(options);
            files.forEach(file -> command.add(file.toString()));
            return fork(command);
        };
    }

    /** This javac with the files in the opposite order. */
    default Javac backwards() {
        return (options, files) -> {
            List<Path> backwards = new ArrayList<>(files);
            Collections.reverse(backwards);
            return run(options, backwards);
        };
    }

    /** Of a JDK, whose JVM ends within seconds: to compile its classes well would take longer than it saves. */
    private static List<String> quick(Path jdk) {
        return new ArrayList<>(
                List.of(jdk.resolve("bin/javac").toString(), "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    }

    private static Compiled fork(List<String> command) throws IOException {
        File output = File.createTempFile("javac", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("javac does not end: " + command);
            }
            return new Compiled(process.exitValue() == 0, Files.readString(output.toPath(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output.toPath());
        }
    }
}
