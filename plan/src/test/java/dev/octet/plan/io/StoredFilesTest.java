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
        assertThat(StoredFiles.reason(folder, new AccessDeniedException(folder.toString())))
                .isEqualTo("access is denied");
    }

    @Test
    void anotherFileIsNamed() {
        assertThat(StoredFiles.reason(folder, new NoSuchFileException("other")))
                .isEqualTo("NoSuchFileException: other");
    }
}
