package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.TemplateLint;
import dev.octet.codegen.TemplateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All templates and all device code, found in the source folder, obey the rules. */
class KernelTemplatesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/octet/codegen/templates/cuda");

    static Collection<KernelVars> families() {
        return FamilyKernels.all().values().stream().map(CudaWriter::vars).toList();
    }

    private static List<String> files(String extension) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void templatesHoldTextAndNoDecisions(KernelVars vars) {
        assertThat(TemplateLint.findings(TemplateText.read(vars.template()), vars))
                .isEmpty();
    }

    @Test
    void everyTemplateIsAFamilys() throws IOException {
        assertThat(families().stream().map(vars -> vars.template().replace("cuda/", "")))
                .containsAll(files(".vm").stream()
                        // What it holds is complete with a text from outside only: the example of an operator tries it.
                        .filter(file -> !file.equals("extension.vm"))
                        .toList());
    }

    @Test
    void deviceCodeIsPlainAndComplete() throws IOException {
        assertThat(Stream.of(DeviceCode.values()).map(code -> code.function() + ".cuh"))
                .containsExactlyInAnyOrderElementsOf(files(".cuh"));
        for (DeviceCode code : DeviceCode.values()) {
            assertThat(code.text())
                    .startsWith("// ")
                    .contains("static __device__ __forceinline__ ", " " + code.function() + "(")
                    .doesNotContain("#", "$");
        }
    }
}
