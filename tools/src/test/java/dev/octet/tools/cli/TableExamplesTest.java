package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.table.TableCode;
import dev.octet.testkit.DiagnosticExamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableExamplesTest {
    @TempDir
    private Path folder;

    private String edited(String pattern, String replacement) throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        SampleRuns.edit(runs.table(), pattern, replacement);
        return runs.evaluate().failure();
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .reported("OCTET-TABLE-001", () -> edited("(?m)^(image .*)$", "<<<<<<< HEAD\n$1\n=======\n$1"))
                .reported("OCTET-TABLE-002", () -> edited("octet-calibration 1", "octet-calibration 3"))
                .reported("OCTET-TABLE-003", () -> edited("(?m)^image .*\n", ""))
                .reported("OCTET-TABLE-004", () -> edited("network com.acme.Sample", "network com.acme.Simple"))
                .reported("OCTET-TABLE-005", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    runs.module().writeWeights(2);
                    Command.on(runs.module(), "weights").success();
                    return runs.evaluate().failure();
                })
                .tests(Stream.of(TableCode.values()).map(TableCode::id));
    }

    /** Whatever is wrong with the old table, the command that its message names replaces it. */
    @ParameterizedTest
    @CsvSource({"graph [0-9a-f]{64}, OCTET-TABLE-004", "weights [0-9a-f]{64}, OCTET-TABLE-005"})
    void calibratingLeadsOutOfAStaleTable(String line, String code) throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        SampleRuns.edit(runs.table(), line, line.substring(0, line.indexOf(' ')) + " " + "0".repeat(64));
        assertThat(runs.evaluate().failure()).contains(code, "octet:calibrate -Doctet.network=com.acme.Sample");

        runs.calibrate().success();

        assertThat(runs.evaluate().success()).contains("INT8");
    }

    @ParameterizedTest
    @CsvSource({
        "<<<<<<< HEAD, a merge conflict is left in the file; choose one side",
        "version https://git-lfs.github.com/spec/v1, it is a Git LFS pointer; run 'git lfs pull'",
        "<!DOCTYPE html>, it starts like a web page",
        "\ufeffoctet-calibration 1.0, it begins with a byte order mark",
        "octet-plan 1.0, expected 'octet-calibration '",
    })
    void saysWhatElseTheFileIs(String firstLine, String found) throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Files.writeString(runs.table(), firstLine + "\n" + Files.readString(runs.table()));
        String[] parts = found.split("; ");
        assertThat(runs.evaluate().failure()).contains("OCTET-TABLE-001").contains(parts[0], parts[parts.length - 1]);
        runs.calibrate().success();
        assertThat(runs.evaluate().exit()).isZero();
    }

    @Test
    void recognisesUtf16() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Files.write(runs.table(), Files.readString(runs.table()).getBytes(StandardCharsets.UTF_16));
        assertThat(runs.evaluate().failure()).contains("OCTET-TABLE-001", "it is not UTF-8 text");
    }
}
