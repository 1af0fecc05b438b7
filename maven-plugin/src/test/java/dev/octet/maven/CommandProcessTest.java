package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.testkit.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandProcessTest {
    @TempDir
    private Path folder;

    private final CommandLines lines = new CommandLines();

    private CommandProcess process() {
        return new CommandProcess("com.acme.Fashion", "cuda:0", folder.resolve("target"));
    }

    @Test
    void handsOnWhatACommandPrints() {
        process().run(List.of("evaluate", "--help"), List.of(), lines);
        assertThat(lines.warned).isEmpty();
        assertThat(lines.printed).anyMatch(line -> line.startsWith("Usage: octet evaluate"));
    }

    @Test
    void aFailureOfTheCommandIsItsOwnMessage() {
        List<String> command = List.of("plan", "com.acme.Fashion", "--classes", folder.toString());
        assertThatThrownBy(() -> process().run(command, List.of(), lines))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("[OCTET-BUILD-005] There is no network com.acme.Fashion");
    }

    @Test
    void aCrashIsToldWithTheFileThatItLeft() throws IOException {
        assertThatThrownBy(() -> process().run(Crash.class.getName(), List.of(), List.of(), lines))
                .isInstanceOf(OctetException.class)
                .hasMessageStartingWith(
                        "[OCTET-BUILD-053] The process that ran com.acme.Fashion on device cuda:0 ended");
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            assertThat(files).anyMatch(file -> file.getFileName().toString().startsWith("octet-crash-"));
        }
    }

    /** Each record of a log is a line, its level first; what would be the message of a failure is one more. */
    @Test
    void warningsOfACommandThatSucceedsAreHandedOn() {
        process().run(Warnings.class.getName(), List.of("0"), List.of(), lines);
        assertThat(lines.printed).containsExactly("done");
        assertThat(lines.warned)
                .containsExactly(
                        "INFO: No cuda: there is no driver.",
                        "WARNING: runs on cpu",
                        "a driver's own words",
                        "[OCTET-RUN-001] There is no device 'gpu'.");
    }

    @Test
    void theMessageOfAFailureIsNoWarningToo() {
        assertThatThrownBy(() -> process().run(Warnings.class.getName(), List.of("1"), List.of(), lines))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("[OCTET-RUN-001] There is no device 'gpu'.");
        assertThat(lines.warned).hasSize(3).contains("WARNING: runs on cpu");
    }

    /** Ctrl+C ends Maven and the command, and what is said of it is no failure of Maven's own. */
    @Test
    void theCommandEndsWithTheJvm() {
        JavaProcess.Result result = JavaProcess.withClassPath(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of)
                                .toList())
                .run(EndedWhileRunning.class, folder.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("[OCTET-BUILD-053] The process that ran com.acme.Fashion on device cuda:0");
    }
}
