package dev.octet.maven;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.cli.OctetCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The command {@code octet} in a process of its own: a crash of a driver ends that process, and not Maven.
 *
 * @param network for messages
 * @param device for messages
 * @param folder where it works, and where the JVM leaves its error file
 */
record CommandProcess(String network, String device, Path folder) {
    /** One line for each record of a log, its level first. */
    private static final String LOG_FORMAT = "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%6$s%n";

    /** Who is told what a command says. */
    interface Listener {
        /** A line that it prints. */
        void printed(String line);

        /** A line on its standard error: of a log, of the JVM or of a driver. */
        void warned(String line);
    }

    /**
     * Runs a command to its end.
     *
     * @param command words of the command line
     * @param more class path entries behind those of this plugin: devices, natives and operators of the project
     * @param listener told each line as it comes, but not the message that a failure ends with
     * @throws OctetException {@link ToolsCode#FORK_ENDED} if it crashes
     * @throws CommandFailure with the command's own message if it fails as commands do
     */
    void run(List<String> command, List<Path> more, Listener listener) {
        run(OctetCommand.class.getName(), command, more, listener);
    }

    /** The same with another program. */
    void run(String main, List<String> command, List<Path> more, Listener listener) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + folder.resolve("octet-crash-%p.log"),
                "-Xmx" + Runtime.getRuntime().maxMemory(),
                LOG_FORMAT));
        if (System.getProperty(OctetProperties.CACHE) != null) {
            words.add("-D" + OctetProperties.CACHE + "=" + System.getProperty(OctetProperties.CACHE));
        }
        if (Runtime.version().feature() >= 22) {
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.addAll(List.of("-classpath", classPath(more), main));
        words.addAll(command);
        try {
            Files.createDirectories(folder);
            await(new ProcessBuilder(words).directory(folder.toFile()).start(), listener);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "start", words.get(0), StoredFiles.reason(e));
        }
    }

    private void await(Process process, Listener listener) throws IOException {
        Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            StandardError errors = new StandardError(listener::warned);
            CompletableFuture<Void> read =
                    CompletableFuture.runAsync(() -> errors.read(lines(process.getErrorStream())));
            try (BufferedReader lines = lines(process.getInputStream())) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    listener.printed(line);
                }
            }
            int status = process.waitFor();
            read.join();
            errors.end(status).ifPresent(message -> {
                throw new CommandFailure(message);
            });
            if (status != 0) {
                throw new OctetException(ToolsCode.FORK_ENDED, network, device, status, errors.said(), folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OctetException(e, ToolsCode.FORK_ENDED, network, device, -1, ": it was interrupted", folder);
        } finally {
            process.destroyForcibly();
            remove(hook);
        }
    }

    /** A JVM that is shutting down runs its hooks already, and lets nobody remove one. */
    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook has ended the process, or is about to.
        }
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    }

    private static String classPath(List<Path> more) {
        Stream<String> own = CommandProcess.class.getClassLoader() instanceof URLClassLoader realm
                ? Stream.of(realm.getURLs()).map(CommandProcess::path)
                : Stream.of(System.getProperty("java.class.path"));
        return String.join(
                File.pathSeparator,
                Stream.concat(own, more.stream().map(Path::toString)).distinct().toList());
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
