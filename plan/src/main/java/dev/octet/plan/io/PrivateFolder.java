package dev.octet.plan.io;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Folders for files that are run: nobody but the user may write to them. Needs a POSIX file system. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final String TEMPORARY = "octet-natives-";

    private PrivateFolder() {}

    /**
     * The folder {@code root/name}, made if need be.
     *
     * @param root made private too, since who may write to it could replace the folder
     * @return where that cannot be had, is open to others, or belongs to somebody else: a new temporary folder
     */
    public static Path of(Path root, String name) throws IOException {
        try {
            Files.createDirectories(root.toAbsolutePath().getParent());
            Path folder = closed(closed(root).resolve(name));
            if (isOwn(folder)) {
                return folder;
            }
        } catch (IOException e) {
            return temporary();
        }
        return temporary();
    }

    /**
     * A new, empty folder below {@code root}.
     *
     * @param root made private too
     * @return where the root cannot be had, is open to others, or belongs to somebody else: a new temporary folder
     */
    public static Path fresh(Path root) throws IOException {
        try {
            Files.createDirectories(root.toAbsolutePath().getParent());
            Path fresh = Files.createTempDirectory(closed(root), "");
            // Whoever may rename the folder could put another in its place.
            if (Files.getOwner(root).equals(Files.getOwner(fresh))) {
                return fresh;
            }
            Files.delete(fresh);
        } catch (IOException e) {
            return Files.createTempDirectory(TEMPORARY);
        }
        return Files.createTempDirectory(TEMPORARY);
    }

    private static Path closed(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            create(folder);
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> others = EnumSet.complementOf(EnumSet.copyOf(PRIVATE));
        if (found.stream().anyMatch(others::contains)) {
            throw new IOException(folder + " is open to others");
        }
        return folder;
    }

    /** Another process may be quicker; what it made is checked like any other. */
    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Whether the folder belongs to whom new files belong to. */
    private static boolean isOwn(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".", ".owner");
        try {
            return Files.getOwner(folder).equals(Files.getOwner(probe));
        } finally {
            Files.delete(probe);
        }
    }

    /** Its name cannot be guessed, and it is private from the start. */
    private static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory(TEMPORARY);
        folder.toFile().deleteOnExit();
        return folder;
    }
}
