package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFolderTest {
    @TempDir
    private Path folder;

    private static final Map<String, String> WRITTEN = Map.of("plan", "one\n", "sm_80/fc.cu", "two\n");

    @BeforeEach
    void write() throws IOException {
        assumeThat(GoldenFile.update()).as("golden files are compared").isFalse();
        Files.writeString(folder.resolve("plan"), "one\n");
        Files.writeString(Files.createDirectory(folder.resolve("sm_80")).resolve("fc.cu"), "two\n");
    }

    @AfterEach
    void compareAgain() {
        System.clearProperty(GoldenFile.UPDATE);
    }

    @Test
    void isWhatWasWritten() throws IOException {
        GoldenFolder.check(folder, WRITTEN);
    }

    @Test
    void namesTextsThatDiffer() throws IOException {
        Files.writeString(folder.resolve("plan"), "other\n");
        assertThatThrownBy(() -> GoldenFolder.check(folder, WRITTEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("plan; -Doctet.golden.update=true rewrites it");
    }

    @Test
    void namesFilesThatAreMissing() throws IOException {
        Files.delete(folder.resolve("sm_80/fc.cu"));
        assertThatThrownBy(() -> GoldenFolder.check(folder, WRITTEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fc.cu")
                .hasMessageContaining("-Doctet.golden.update=true writes it");
    }

    @Test
    void namesFilesThatAreNoLongerWritten() throws IOException {
        Files.writeString(folder.resolve("sm_80/old.cu"), "three\n");
        assertThatThrownBy(() -> GoldenFolder.check(folder, WRITTEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sm_80/old.cu")
                .hasMessageContaining("-Doctet.golden.update=true removes them");
    }

    @Test
    void isRewrittenAndTidiedOnRequest() throws IOException {
        Files.writeString(folder.resolve("plan"), "other\n");
        Files.delete(folder.resolve("sm_80/fc.cu"));
        Files.writeString(folder.resolve("sm_80/old.cu"), "three\n");
        System.setProperty(GoldenFile.UPDATE, "true");
        GoldenFolder.check(folder, WRITTEN);
        System.clearProperty(GoldenFile.UPDATE);
        GoldenFolder.check(folder, WRITTEN);
        assertThat(folder.resolve("sm_80/old.cu")).doesNotExist();
    }
}
