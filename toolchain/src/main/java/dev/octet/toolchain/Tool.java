package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command-line tool in a process of its own: whatever it does, it ends within a time limit. */
final class Tool {
    /** Output beyond this many bytes is read and dropped. */
    private static final int OUTPUT_LIMIT = 1 << 20;

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
        Output output = new Output(process.getInputStream());
        output.start();
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
            throw new OctetException(e, ToolchainCode.NOT_STARTED, program, "the build was interrupted");
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) {
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

    /** Reads a process's output, so that it never waits for a full pipe. */
    private static final class Output extends Thread {
        private final InputStream stream;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(InputStream stream) {
            super("octet-tool-output");
            this.stream = stream;
            setDaemon(true);
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    keep(buffer, n);
                }
            } catch (IOException e) {
                // The process was stopped; its output ends here.
                return;
            }
        }

        private synchronized void keep(byte[] buffer, int n) {
            bytes.write(buffer, 0, Math.min(n, OUTPUT_LIMIT - bytes.size()));
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
