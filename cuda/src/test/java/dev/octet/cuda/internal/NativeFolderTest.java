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

    private Path unpack() throws IOException {
        return unpack(LIBRARY);
    }

    private Path unpack(byte[] library) throws IOException {
        return new NativeFolder(root.resolve("cache")).unpack(library, "lib.so");
    }

    @Test
    void unpacksToAFolderThatOnlyTheUserCanRead() throws IOException {
        Path folder = unpack();

        assertThat(folder).startsWith(root.resolve("cache/natives"));
        assertThat(folder.resolve("lib.so")).hasBinaryContent(LIBRARY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent())))
                .isEqualTo("rwx------");
        assertThat(folder.toFile().list()).containsExactly("lib.so");
        assertThat(unpack()).isEqualTo(folder);
    }

    @Test
    void replacesALibraryThatWasChanged() throws IOException {
        Path file = unpack().resolve("lib.so");
        Files.write(file, new byte[] {1, 2, 3, 4, 6});

        assertThat(unpack().resolve("lib.so")).isEqualTo(file).hasBinaryContent(LIBRARY);
    }

    @Test
    void replacesALinkToAnotherLibrary() throws IOException {
        Path file = unpack().resolve("lib.so");
        Path other = root.resolve("other");
        Files.write(other, LIBRARY);
        Files.delete(file);
        Files.createSymbolicLink(file, other);

        unpack();

        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void givesAnotherLibraryAnotherFolder() throws IOException {
        assertThat(unpack(new byte[] {9})).isNotEqualTo(unpack());
    }

    @Test
    void avoidsAFolderThatOthersCanWrite() throws IOException {
        Path natives = root.resolve("cache/natives");
        Files.createDirectories(natives);
        Files.setPosixFilePermissions(natives, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatIsTemporary(unpack());
    }

    @Test
    void avoidsALinkInPlaceOfTheFolder() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(root.resolve("cache"));
        Files.createSymbolicLink(root.resolve("cache/natives"), elsewhere);

        assertThatIsTemporary(unpack());
    }

    @Test
    void doesWithoutACacheThatCannotBeMade() throws IOException {
        Files.write(root.resolve("cache"), LIBRARY);

        assertThatIsTemporary(unpack());
    }

    private void assertThatIsTemporary(Path folder) throws IOException {
        assertThat(folder.getParent()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("lib.so")).hasBinaryContent(LIBRARY);
        Files.delete(folder.resolve("lib.so"));
        Files.delete(folder);
    }
}
