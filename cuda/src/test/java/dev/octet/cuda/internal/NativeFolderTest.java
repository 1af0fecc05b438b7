package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the folder is protected by POSIX permissions")
class NativeFolderTest {
    private static final byte[] LIBRARY = {1, 2, 3, 4, 5};

    @TempDir
    Path root;

    private NativeFolder unpack() throws IOException {
        return NativeFolder.unpack(LIBRARY, "lib.so", root.resolve("cache"));
    }

    @Test
    void unpacksToAFolderThatOnlyTheUserCanRead() throws IOException {
        try (NativeFolder folder = unpack()) {
            assertThat(folder.path()).startsWith(root.resolve("cache/natives"));
            assertThat(folder.path().resolve("lib.so")).hasBinaryContent(LIBRARY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.path().getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(root.resolve("cache/natives")).isEmptyDirectory();
    }

    @Test
    void makesAFolderForEachLoad() throws IOException {
        try (NativeFolder first = unpack();
                NativeFolder second = unpack()) {
            assertThat(first.path()).isNotEqualTo(second.path());
        }
    }

    @Test
    void avoidsAFolderThatOthersCanWrite() throws IOException {
        Path natives = root.resolve("cache/natives");
        Files.createDirectories(natives);
        Files.setPosixFilePermissions(natives, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertIsTemporary();
    }

    @Test
    void avoidsALinkInPlaceOfTheFolder() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(root.resolve("cache"));
        Files.createSymbolicLink(root.resolve("cache/natives"), elsewhere);

        assertIsTemporary();
    }

    @Test
    void doesWithoutACacheThatCannotBeMade() throws IOException {
        Files.write(root.resolve("cache"), LIBRARY);

        assertIsTemporary();
    }

    private void assertIsTemporary() throws IOException {
        Path path;
        try (NativeFolder folder = unpack()) {
            path = folder.path();
            assertThat(path.getParent()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(path.resolve("lib.so")).hasBinaryContent(LIBRARY);
        }
        assertThat(path).doesNotExist();
    }
}
