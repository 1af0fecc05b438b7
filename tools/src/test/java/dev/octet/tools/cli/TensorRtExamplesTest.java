package dev.octet.tools.cli;

import dev.octet.plan.table.TensorRtCode;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class TensorRtExamplesTest {
    @TempDir
    private Path folder;

    private String imported(String cache, String names) throws IOException {
        return Command.on(
                        SampleModule.in(Files.createTempDirectory(folder, "module")),
                        "import-cache",
                        SampleModule.NETWORK,
                        "--tensorrt",
                        Files.writeString(folder.resolve("calibrator.cache"), cache)
                                .toString(),
                        "--names",
                        Files.writeString(folder.resolve("names"), names).toString())
                .failure();
    }

    private String edited(String pattern, String replacement) throws IOException {
        String cache = CacheCommandsTest.CACHE.replaceAll(pattern, replacement);
        String names = CacheCommandsTest.NAMES.replaceAll(pattern, replacement);
        return imported(cache, names);
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .reported("OCTET-TENSORRT-001", () -> edited("3f810204", "3f81020"))
                .reported("OCTET-TENSORRT-002", () -> edited("(?m)^pool.*\n", ""))
                .reported("OCTET-TENSORRT-003", () -> edited("- folded\n", ""))
                .reported("OCTET-TENSORRT-004", () -> edited("- folded\n", "folded\n"))
                .reported("OCTET-TENSORRT-005", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    SampleRuns.edit(runs.table(), "(?m)^image .*", "image 1E-45");
                    String file = folder.resolve("exported.cache").toString();
                    return Command.on(runs.module(), "export-cache", SampleModule.NETWORK, "--tensorrt", file)
                            .failure();
                })
                .reported("OCTET-TENSORRT-006", () -> edited("image input", "imagine input"))
                .tests(Stream.of(TensorRtCode.values()).map(TensorRtCode::id));
    }
}
