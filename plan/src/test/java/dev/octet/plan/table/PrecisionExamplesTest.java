package dev.octet.plan.table;

import dev.octet.testkit.DiagnosticExamples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PrecisionExamplesTest {
    private static final String HEAD = "octet-precision 1.0\nnetwork a.Net\n";
    private static final List<String> NAMES = List.of("conv1", "conv1.relu");

    private static PrecisionTable read(String text) {
        return PrecisionTable.read(text, "src/main/octet/a.Net.precision");
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-PRECISION-001", () -> read(HEAD + "conv1 conv2\n"))
                .thrown("OCTET-PRECISION-002", () -> read(HEAD.replace("1.0", "2.0")))
                .thrown("OCTET-PRECISION-003", () -> read(HEAD).check("a.Other", NAMES))
                .thrown("OCTET-PRECISION-004", () -> read(HEAD + "conv\n").check("a.Net", NAMES))
                .thrown(
                        "OCTET-PRECISION-005",
                        () -> read(HEAD + "graph " + "5d".repeat(32) + "\nconv1\n")
                                .checkGraph("00".repeat(32)))
                .tests(Stream.of(PrecisionCode.values()).map(PrecisionCode::id));
    }
}
