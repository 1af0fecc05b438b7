package dev.octet.compiler.schedule;

import dev.octet.testkit.DiagnosticExamples;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TuningExamplesTest {
    private static final String LINE = "time/1 sm_80 8 t64x64x64_w16x64_g4 12.346 conv2d_u8 9.0 NVIDIA H200\n";

    private static TuningLog read(String text) {
        return TuningLog.read(text, "h200.tuning");
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-TUNE-001", () -> read(LINE.replace("12.346", "fast")))
                .thrown("OCTET-TUNE-002", () -> read(LINE + LINE.replace("H200", "H100")))
                .tests(Stream.of(TuningCode.values()).map(TuningCode::id));
    }
}
