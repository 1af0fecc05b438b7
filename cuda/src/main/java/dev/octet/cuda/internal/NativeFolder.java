package dev.octet.cuda.internal;

import dev.octet.plan.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of native libraries that nobody but the user can write to. JCuda itself would unpack its libraries to a
 * predictable name in the common temporary folder and load whatever lies there; so they are unpacked here first, each
 * to a folder named by its content, and compared with the class path's bytes every time.
 */
final class NativeFolder {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path root;

    /** Libraries go below {@code root/natives}. */
    NativeFolder(Path root) {
        this.root = root.resolve("natives");
    }

    /**
     * Makes a library available as a file.
     *
     * @param bytes the library
     * @param name file name to give it
     * @return folder that contains it
     */
    Path unpack(byte[] bytes, String name) throws IOException {
        Optional<Path> kept = folder(Sha256.hex(bytes).substring(0, 32));
        Path folder = kept.isPresent() ? kept.get() : temporary();
        Path file = folder.resolve(name);
        if (kept.isEmpty()) {
            file.toFile().deleteOnExit();
        }
        if (!holds(file, bytes)) {
            write(file, bytes);
        }
        return folder;
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == bytes.length
                && Sha256.hex(Files.readAllBytes(file)).equals(Sha256.hex(bytes));
    }

    /** Another process may do the same at the same time: whole files replace each other. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Path part = Files.createTempFile(file.getParent(), ".", ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The folder below the root; empty where it cannot be had or is not private. */
    private Optional<Path> folder(String name) {
        try {
            Files.createDirectories(root.getParent());
            Path folder = privateFolder(privateFolder(root).resolve(name));
            return isOwn(folder) ? Optional.of(folder) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> others = EnumSet.complementOf(EnumSet.copyOf(PRIVATE));
        if (found.stream().anyMatch(others::contains)) {
            throw new IOException(folder + " is open to others");
        }
        return folder;
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

    /** Its name cannot be guessed, it is private from the start, and it goes when the process ends. */
    private static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory("octet-natives-");
        folder.toFile().deleteOnExit();
        return folder;
    }
}
