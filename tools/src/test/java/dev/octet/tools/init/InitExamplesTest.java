package dev.octet.tools.init;

import dev.octet.testkit.DiagnosticExamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class InitExamplesTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-INIT-001", () -> ProjectNames.of("com.acme", "my vision"))
                .thrown("OCTET-INIT-002", () -> {
                    Files.writeString(folder.resolve("pom.xml"), "<project/>");
                    new NewProject(folder, ProjectNames.of("com.acme", "vision"), "1", Optional.empty()).write();
                })
                .tests(Stream.of(InitCode.values()).map(InitCode::id));
    }
}
