package dev.octet.tools.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewProjectTest {
    @TempDir
    private Path folder;

    private NewProject project() {
        return new NewProject(folder, ProjectNames.of("com.acme", "my-vision"), "1.2.3", Optional.empty());
    }

    @Test
    void writesAllFilesWithTheirNames() throws IOException {
        List<Path> files = project().write();
        assertThat(files.stream().map(file -> folder.relativize(file).toString().replace('\\', '/')))
                .containsExactly(
                        ".gitignore",
                        "README.md",
                        "pom.xml",
                        "src/main/java/com/acme/MyVision.java",
                        "src/main/octet/weights.safetensors",
                        "src/test/java/com/acme/MyVisionTest.java");
        for (Path file : files) {
            if (!file.toString().endsWith(".safetensors")) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern("@[a-zA-Z]+@");
            }
        }
        assertThat(Files.readString(folder.resolve("pom.xml")))
                .contains("<artifactId>my-vision</artifactId>", "<octet.version>1.2.3</octet.version>");
        assertThat(Safetensors.open(folder.resolve("src/main/octet/weights.safetensors"))
                        .sha256())
                .as("the same weights on every run")
                .isEqualTo(Sha256.hex(SmallWeights.safetensors()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "README.md", "src/main/octet/weights.safetensors"})
    void changesNothingThatExists(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> project().write())
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-INIT-002")
                .hasMessageContaining(name.substring(name.lastIndexOf('/') + 1));
        assertThat(file).hasContent("mine");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    @Test
    void aModelThatCannotBeImportedLeavesNothing() throws IOException {
        Path model = Files.writeString(folder.resolve("model.onnx"), "<html>");
        Optional<NewProject.Model> from = Optional.of(new NewProject.Model(model, Map.of(), Optional.empty(), 32));
        Path target = folder.resolve("project");
        assertThatThrownBy(() -> new NewProject(target, ProjectNames.of("com.acme", "vision"), "1", from).write())
                .hasMessageContaining("OCTET-ONNX-002");
        assertThat(target).doesNotExist();
    }
}
