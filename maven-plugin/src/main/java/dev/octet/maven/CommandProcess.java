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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The command {@code octet} in a process of its own: a crash of a driver ends that process, and not Maven.
 *
 * @param network for messages
 * @param device for messages
 * @param folder where it works, and where the JVM leaves its error file
 */
record CommandProcess(String network, String device, Path folder) {
    private static final int SHOWN = 400;

    /**
     * Runs a command to its end.
     *
     * @param command words of the command line
     * @param more class path entries behind those of this plugin: devices, natives and operators of the project
     * @param out told each line that it prints
     * @throws OctetException {@link ToolsCode#FORK_ENDED} if it crashes
     * @throws CommandFailure with the command's own message if it fails as commands do
     */
    void run(List<String> command, List<Path> more, Consumer<String> out) {
        run(OctetCommand.class.getName(), command, more, out);
    }

    /** The same with another program. */
    void run(String main, List<String> command, List<Path> more, Consumer<String> out) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + folder.resolve("octet-crash-%p.log"),
                "-Xmx" + Runtime.getRuntime().maxMemory()));
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
            await(new ProcessBuilder(words).directory(folder.toFile()).start(), out);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "start", words.get(0), StoredFiles.reason(e));
        }
    }

    private void await(Process process, Consumer<String> out) throws IOException {
        Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    out.accept(line);
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw failure(status, errors.join());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OctetException(e, ToolsCode.FORK_ENDED, network, device, -1, ": it was interrupted", folder);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** What the command says of itself, where it ended as commands do. */
    private RuntimeException failure(int status, String errors) {
        List<String> coded =
                errors.lines().filter(line -> line.startsWith("[OCTET-")).toList();
        if (status == 1 && !coded.isEmpty()) {
            return new CommandFailure(coded.get(coded.size() - 1));
        }
        String said = errors.strip().replaceAll("\\s+", " ");
        String shown = said.isEmpty() ? "" : " and said '" + said.substring(0, Math.min(SHOWN, said.length())) + "'";
        return new OctetException(ToolsCode.FORK_ENDED, network, device, status, shown, folder);
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), Charset.defaultCharset());
        } catch (IOException e) {
            return "";
        }
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
