package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.correct.Corrections;
import dev.octet.plan.correct.CorrectionsCode;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.tools.CorrectionsInput;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsExamplesTest {
    @TempDir
    private Path folder;

    private static Path file(SampleRuns runs) {
        return CorrectionsInput.source(runs.module().sources(), SampleModule.NETWORK);
    }

    private static Command correct(SampleRuns runs, String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(
                new String[] {
                    "correct", SampleModule.NETWORK, "--images", runs.images().toString()
                },
                0,
                arguments,
                0,
                4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Command.on(runs.module(), arguments);
    }

    private SampleRuns corrected() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        correct(runs).success();
        return runs;
    }

    private String edited(String pattern, String replacement) throws IOException {
        SampleRuns runs = corrected();
        SampleRuns.edit(file(runs), pattern, replacement);
        return Command.on(runs.module(), "weights").failure();
    }

    private static CalibrationTable table(SampleRuns runs) throws IOException {
        return CalibrationTable.read(
                Files.readString(runs.table()), runs.table().toString());
    }

    private static WeightsFile quantised(SampleRuns runs) throws IOException {
        return WeightsFile.read(Files.readAllBytes(runs.quantised()), "weights.bin");
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .reported("OCTET-CORRECT-001", () -> edited("bias conv", "bias conv many"))
                .reported("OCTET-CORRECT-002", () -> edited("octet-corrections 1", "octet-corrections 2"))
                .reported("OCTET-CORRECT-003", () -> edited("network com.acme.Sample", "network com.acme.Simple"))
                .reported("OCTET-CORRECT-004", () -> {
                    SampleRuns runs = corrected();
                    runs.module().writeWeights(2);
                    return Command.on(runs.module(), "weights").failure();
                })
                .reported("OCTET-CORRECT-005", () -> {
                    SampleRuns runs = corrected();
                    SampleRuns.edit(runs.table(), "image [0-9.]+", "image 7");
                    return Command.on(runs.module(), "weights").failure();
                })
                .reported("OCTET-CORRECT-006", () -> edited("(bias conv .*) \\S+\n", "$1\n"))
                .tests(Stream.of(CorrectionsCode.values()).map(CorrectionsCode::id));
    }

    @Test
    void marksWeightsWithTheTable() throws IOException {
        SampleRuns runs = corrected();
        assertThat(quantised(runs).tableHash()).isEmpty();

        Command.on(runs.module(), "weights").success();

        assertThat(quantised(runs).tableHash()).contains(table(runs).hash());
        assertThat(runs.evaluate().success()).contains("INT8");
        Command.on(runs.module(), "weights", "--no-corrections").success();
        assertThat(quantised(runs).tableHash()).isEmpty();
    }

    @Test
    void equalisingReplacesTheTableByOneThatNeedsTheFactors() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        CalibrationTable before = table(runs);
        correct(runs, "--equalize", "--bias", "none").success();

        // No layer reads the convolution's channels, so that there is nothing to equalise.
        Corrections corrections = Corrections.read(Files.readString(file(runs)), "corrections");
        assertThat(corrections.exponents()).isEmpty();
        assertThat(corrections.biases()).isEmpty();
        assertThat(table(runs)).isEqualTo(before);
    }

    @Test
    void refusesToCorrectWithoutATable() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Files.delete(runs.table());
        assertThat(correct(runs).failure()).contains("OCTET-BUILD-010");
    }
}
