package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
    @TempDir
    private Path folder;

    private static Command profile(SampleRuns runs, String... more) {
        String[] arguments = new String[7 + more.length];
        String classes = runs.module().classes().toString();
        String table = runs.table().toString();
        String[] first = {"profile", SampleModule.NETWORK, "--classes", classes, "--calibration", table, "--runs=3"};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return Command.run(arguments);
    }

    @Test
    void printsAndWritesTheTimesOfEachStep() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Path times = folder.resolve("times");
        Path trace = folder.resolve("trace.json");
        String text = profile(runs, "--device=cpu", "--batch=1", "--out=" + times, "--trace=" + trace)
                .success();
        assertThat(text)
                .contains("com.acme.Sample on cpu", "batch 1, medians of 3 runs", "a whole run")
                .containsPattern("conv\\.relu +Conv2d +[0-9.]+ +[0-9.]+%");
        assertThat(Files.readAllLines(times))
                .contains("network com.acme.Sample", "target cpu", "batch 1")
                .anyMatch(line -> line.matches("conv\\.relu [0-9]+\\.[0-9]{3}"));
        assertThat(trace).content().contains("\"name\":\"conv.relu\"");
    }

    @Test
    void refusesALargeBatch() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        assertThat(profile(runs, "--device=cpu", "--batch=1000").failure()).contains("OCTET-RUN-011");
        assertThat(profile(runs, "--runs=0").exit()).isEqualTo(2);
    }
}
