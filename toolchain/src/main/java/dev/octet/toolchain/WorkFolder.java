package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A private temporary folder that is deleted with everything in it. */
public final class WorkFolder implements AutoCloseable {
    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /** A new folder. Throws {@link OctetException} {@link ToolchainCode#FILE} if it cannot be made. */
    public static WorkFolder create() {
        try {
            return new WorkFolder(Files.createTempDirectory("octet-kernel-"));
        } catch (IOException e) {
            throw new OctetException(
                    e, ToolchainCode.FILE, System.getProperty("java.io.tmpdir"), StoredFiles.reason(e));
        }
    }

    /** An existing folder, to be deleted likewise. */
    static WorkFolder of(Path path) {
        return new WorkFolder(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Deletes it; what cannot be deleted now is left to the end of the process. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A stopped compiler may still be writing; the system clears its temporary folder.
            path.toFile().deleteOnExit();
        }
    }
}
