package dev.octet.plan.table;

import dev.octet.testkit.DiagnosticExamples;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HistogramExamplesTest {
    private static void read(String part, String other) {
        HistogramTable.read(HistogramTableTest.TEXT.replace(part, other), "com.acme.Net.histograms");
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-HISTOGRAM-001", () -> read("steps 255", "steps many"))
                .thrown("OCTET-HISTOGRAM-002", () -> read("histograms 1", "histograms 2"))
                .tests(Stream.of(HistogramCode.values()).map(HistogramCode::id));
    }
}
