package dev.octet.maven;

import dev.octet.testkit.DiagnosticExamples;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Codes of the tools that only goals throw; the integration tests look for OCTET-BUILD-010 and OCTET-BUILD-017. */
class GoalsExamplesTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-BUILD-007", () -> OctetProperties.check(List.of("octet.exmaples")))
                .thrown("OCTET-BUILD-015", () -> new CompilerArguments(new MavenProject()).check(List.of("octet.dump")))
                .thrown(
                        "OCTET-BUILD-020",
                        () -> OctetProperties.require(null, "diff", OctetProperties.OLD, "jar or classes folder"))
                .thrown(
                        "OCTET-BUILD-053",
                        () -> new CommandProcess("com.acme.Fashion", "cuda:0", folder)
                                .run(Crash.class.getName(), List.of(), List.of(), new CommandLines()))
                .tests(Stream.of("OCTET-BUILD-007", "OCTET-BUILD-015", "OCTET-BUILD-020", "OCTET-BUILD-053"));
    }
}
