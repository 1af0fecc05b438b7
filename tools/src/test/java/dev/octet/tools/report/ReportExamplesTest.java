package dev.octet.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.testkit.DiagnosticExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportExamplesTest {
    private static final String HEADERS =
            "octet-profile 1.0\n# by hand\nnetwork a.B\ntarget sm_80\nbatch 4\ndevice a GPU, the fast one\n";

    @TempDir
    private Path folder;

    private ReportRequest request(int batch, Optional<Path> profile) throws IOException {
        ReportSample sample = ReportSample.bare(Files.createTempDirectory(folder, "sample"));
        return new ReportRequest(
                sample.classes(),
                ReportSample.NETWORK,
                Optional.empty(),
                OptionalInt.of(batch),
                Optional.empty(),
                Optional.empty(),
                new MeasuredFiles(Optional.empty(), Optional.empty(), profile),
                List.of());
    }

    private void otherProfile() throws IOException {
        Path file = Files.writeString(folder.resolve("times"), HEADERS);
        CompileReport.html(request(4, Optional.of(file)));
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-REPORT-001", () -> CompileReport.html(request(ReportSample.BATCH + 1, Optional.empty())))
                .thrown("OCTET-REPORT-002", () -> Gpu.named("A10"))
                .thrown("OCTET-REPORT-003", () -> Profile.parse("octet-plan 1.0\n", "times"))
                .thrown("OCTET-REPORT-004", this::otherProfile)
                .thrown(
                        "OCTET-REPORT-005",
                        () -> EvaluationFile.parse("{\"format\": \"octet-plan 1.0\"}", "evaluation.json"))
                .tests(Stream.of(ReportCode.values()).map(ReportCode::id));
    }

    @Test
    void readsAProfile() {
        Profile profile = Profile.parse(HEADERS + "x.relu 12.5\ny 3\n", "times");
        assertThat(profile.device()).isEqualTo("a GPU, the fast one");
        assertThat(profile.micros())
                .containsEntry("x.relu", 12.5)
                .containsEntry("y", 3.0)
                .hasSize(2);
    }

    @Test
    void readsHowLongAWholeRunTook() {
        String headers = HEADERS.replace("profile 1.0", "profile 1.1");
        assertThat(Profile.parse(headers + "run 40.25\nx 3\n", "times").runMicros())
                .contains(40.25);
        assertThatThrownBy(() -> Profile.parse(headers + "x 3\n", "times"))
                .hasMessageContaining("line 7: expected 'run ...'");
        assertThatThrownBy(() -> Profile.parse(headers + "run soon\n", "times"))
                .hasMessageContaining("line 7: not a time in microseconds: soon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x -1", "x NaN", "x 1e999", "x 99999999999999999999", "x 1\nx 2"})
    void refusesWhatIsNoTime(String line) {
        assertThatThrownBy(() -> Profile.parse(HEADERS + line, "times")).hasMessageContaining("OCTET-REPORT-003");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void refusesAProfileThatIsCutOff(int lines) {
        String text = String.join("\n", HEADERS.lines().limit(lines).toList());
        assertThatThrownBy(() -> Profile.parse(text, "times")).hasMessageContaining("OCTET-REPORT-003");
    }
}
