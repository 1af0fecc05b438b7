package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command-line tool in a process of its own: whatever it does, it ends within a time limit. */
final class Tool {
    private static final Pattern VERSION = Pattern.compile("\\bV(\\d+(?:\\.\\d+)+)");

    private final Path program;

    Tool(Path program) {
        this.program = program;
    }

    /** What a tool did; {@code finished} is false if it was stopped at the time limit. */
    record Run(boolean finished, int exit, String output) {}

    Path program() {
        return program;
    }

    /**
     * Runs the tool with the folder as working directory and as the place of its temporary files. Throws
     * {@link OctetException} if it cannot be started.
     */
    Run run(List<String> arguments, Path folder, Duration limit) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TMPDIR", folder.toAbsolutePath().toString());
        // Flags from outside would change the output without changing the cache key.
        builder.environment().keySet().removeAll(List.of("NVCC_PREPEND_FLAGS", "NVCC_APPEND_FLAGS"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return await(process, limit);
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.NOT_STARTED, program, e.getMessage());
        }
    }

    private Run await(Process process, Duration limit) {
        ProcessOutput output = ProcessOutput.of(process.getInputStream());
        try {
            boolean finished = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!finished) {
                return new Run(false, -1, output.text());
            }
            // A grandchild may hold the pipe open: what has come by then has to do.
            output.join(2000);
            return new Run(true, process.exitValue(), output.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OctetException(e, ToolchainCode.INTERRUPTED, program);
        } finally {
            kill(process);
        }
    }

    /** The version that one of NVIDIA's tools tells, for example {@code 13.0.88}. */
    String version() {
        Run run = answer("--version");
        Matcher matcher = VERSION.matcher(run.output());
        if (!run.finished() || run.exit() != 0 || !matcher.find()) {
            String found =
                    run.finished() ? "it answered \"" + CompilerLog.brief(run.output()) + "\"" : "it did not end";
            throw new OctetException(ToolchainCode.NVCC_VERSION, program, found);
        }
        return matcher.group(1);
    }

    /** What the tool does for one option, which should take no time. */
    Run answer(String option) {
        try (WorkFolder folder = WorkFolder.create()) {
            return run(List.of(option), folder.path(), Duration.ofSeconds(30));
        }
    }

    /** Ends a process and all that it started. */
    static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** The first folder's file of that name that can be executed. */
    static Optional<Path> find(String name, List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(name + ".exe")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
