package dev.octet.plan.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest {
    @TempDir
    private Path folder;

    private static String reason(Path file) {
        IOException failure = catchThrowableOfType(IOException.class, () -> Files.readAllBytes(file));
        return StoredFiles.reason(file, failure);
    }

    @Test
    void aMessageThatNamesTheFileDoesNotNameItTwice() {
        assertThat(reason(folder.resolve("absent"))).isEqualTo("there is no such file");
        assertThat(reason(folder)).isEqualTo("it is a folder, not a file");
        Path closed = folder.resolve("closed");
        assertThat(StoredFiles.reason(closed, new AccessDeniedException(closed.toString())))
                .isEqualTo("access is denied");
        Path relative = Path.of("closed");
        assertThat(StoredFiles.reason(
                        relative,
                        new AccessDeniedException(relative.toAbsolutePath().toString())))
                .isEqualTo("access is denied");
    }

    @Test
    void whatIsWrittenFirstIsNotNamed() {
        IOException failure = catchThrowableOfType(IOException.class, () -> StoredFiles.write(folder, new byte[1]));
        assertThat(StoredFiles.reason(folder, failure)).isEqualTo("it is a folder, not a file");
        Path file = folder.resolve("closed");
        assertThat(StoredFiles.reason(
                        file,
                        new AccessDeniedException(
                                folder.resolve(".closed-1.part").toString())))
                .isEqualTo("access is denied");
    }

    @Test
    void anotherFileIsNamed() {
        assertThat(StoredFiles.reason(folder, new NoSuchFileException("other")))
                .isEqualTo("NoSuchFileException: other");
    }
}
