package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandProcessTest {
    @TempDir
    private Path folder;

    private CommandProcess process() {
        return new CommandProcess("com.acme.Fashion", "cuda:0", folder.resolve("target"));
    }

    @Test
    void handsOnWhatACommandPrints() {
        List<String> lines = new ArrayList<>();
        process().run(List.of("evaluate", "--help"), List.of(), lines::add);
        assertThat(lines).anyMatch(line -> line.startsWith("Usage: octet evaluate"));
    }

    @Test
    void aFailureOfTheCommandIsItsOwnMessage() {
        List<String> command = List.of("plan", "com.acme.Fashion", "--classes", folder.toString());
        assertThatThrownBy(() -> process().run(command, List.of(), line -> {}))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("[OCTET-BUILD-005] There is no network com.acme.Fashion");
    }

    @Test
    void aCrashIsToldWithTheFileThatItLeft() throws IOException {
        assertThatThrownBy(() -> process().run(Crash.class.getName(), List.of(), List.of(), line -> {}))
                .isInstanceOf(OctetException.class)
                .hasMessageStartingWith(
                        "[OCTET-BUILD-053] The process that ran com.acme.Fashion on device cuda:0 ended");
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            assertThat(files).anyMatch(file -> file.getFileName().toString().startsWith("octet-crash-"));
        }
    }
}
