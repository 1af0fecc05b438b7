package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    @Test
    void writesOnceWithThePermissionsOfOrdinaryFiles() throws IOException {
        Path ordinary = Files.createFile(folder.resolve("ordinary"));
        Path file = folder.resolve("new/weights.bin");
        assertThat(OutputFile.write(file, new byte[] {1, 2})).isTrue();
        assertThat(OutputFile.write(file, new byte[] {1, 2})).isFalse();
        assertThat(OutputFile.write(file, new byte[] {1, 3})).isTrue();
        assertThat(file).hasBinaryContent(new byte[] {1, 3});
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
        assertThat(Files.getAttribute(file, "posix:permissions"))
                .isEqualTo(Files.getAttribute(ordinary, "posix:permissions"));
    }
}
