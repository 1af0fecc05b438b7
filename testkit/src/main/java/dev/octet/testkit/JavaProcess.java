package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Java process with a class path and options of its own, on the JDK that runs the test. */
public final class JavaProcess {
    private static final int SECONDS = 120;

    /** Most end within a second or two, in which to compile their classes well takes longer than it saves. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final List<Path> classPath;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    private JavaProcess(List<Path> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    /** A process with exactly this class path. */
    public static JavaProcess withClassPath(List<Path> classPath) {
        return new JavaProcess(classPath);
    }

    /** The jar or folder that a class was loaded from. */
    public static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** With more options of the virtual machine. */
    public JavaProcess options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** With a variable in its environment. */
    public JavaProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * What a process left.
     *
     * @param exit its exit status
     * @param out what it printed
     * @param err what it and the virtual machine wrote to the standard error
     */
    public record Result(int exit, String out, String err) {}

    /** Runs a main class to its end; fails after two minutes. */
    public Result run(Class<?> main, String... arguments) {
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return run(List.of("-classpath", path, main.getName()), arguments);
    }

    /** Runs an executable jar, which brings its own class path, to its end; fails after two minutes. */
    public static Result runJar(Path jar, String... arguments) {
        return new JavaProcess(List.of()).run(List.of("-jar", jar.toString()), arguments);
    }

    private Result run(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.addAll(options);
        command.addAll(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // Whoever sets these makes every virtual machine announce them on its standard error.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return await(builder.start());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Result await(Process process) throws IOException {
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended)
                    .as("ended within %d s; out: %s, err: %s", SECONDS, out.join(), err.join())
                    .isTrue();
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError(e);
        }
    }

    private static String text(java.io.InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
