package dev.octet.processor.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.weights.WeightsName;
import dev.octet.processor.HostCode;
import dev.octet.processor.report.Failure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsFolderTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "com.acme, src/main/java/com/acme/Net.java",
        "com, src/main/java/com/Net.java",
        "'', src/main/java/Net.java"
    })
    void isBesideTheSourceRoot(String packageName, String source) throws Exception {
        Path weights = create("src/main/octet/deep/net.safetensors");
        assertThat(find(Optional.empty(), "deep/net.safetensors", source, packageName))
                .isEqualTo(weights);
    }

    @Test
    void isWhatWasGivenAndNothingElse() throws Exception {
        create("src/main/octet/net.safetensors");
        Path given = create("given/net.safetensors").getParent();
        String source = "src/main/java/Net.java";
        assertThat(find(Optional.of(given), "net.safetensors", source, "")).startsWith(given);
        assertThatThrownBy(() -> find(Optional.of(root.resolve("empty")), "net.safetensors", source, ""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(HostCode.NO_WEIGHTS.id())
                .hasMessageContaining(root.resolve("empty").toString());
    }

    @Test
    void cannotBeGuessedFromAFileOutsideItsPackage() {
        assertThatThrownBy(() -> find(Optional.empty(), "net.safetensors", "scratch/Net.java", "com.acme"))
                .hasMessageContaining("not in a source root");
        assertThatThrownBy(() -> new WeightsFolder(Optional.empty())
                        .find(
                                new WeightsName("net.safetensors"),
                                URI.create("string:///com/acme/Net.java"),
                                "com.acme"))
                .hasMessageContaining("not in a source root");
    }

    private Path find(Optional<Path> given, String weights, String source, String packageName) {
        return new WeightsFolder(given)
                .find(new WeightsName(weights), root.resolve(source).toUri(), packageName);
    }

    private Path create(String file) throws Exception {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.createFile(path);
    }
}
