package dev.octet.maven;

import dev.octet.testkit.DiagnosticExamples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Codes of the tools that only goals throw; the integration tests look for the warning OCTET-BUILD-010. */
class GoalsExamplesTest {
    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-BUILD-007", () -> OctetProperties.check(List.of("octet.exmaples")))
                .tests(Stream.of("OCTET-BUILD-007"));
    }
}
