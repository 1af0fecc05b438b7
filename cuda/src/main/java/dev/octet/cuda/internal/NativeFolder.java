package dev.octet.cuda.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder with a native library that nobody but the user can write to, for as long as it takes to load it. JCuda itself
 * would unpack its libraries to a predictable name in the common temporary folder and load whatever lies there. Every
 * load has a folder of its own, since a process can load the same file in one class loader only; once it is loaded, Linux
 * needs the file no more.
 */
final class NativeFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final Path library;

    private NativeFolder(Path path, String library) {
        this.path = path;
        this.library = path.resolve(library);
    }

    /**
     * Makes a library available as a file.
     *
     * @param resource library on the class path
     * @param name file name to give it
     * @param cache the folder is made below {@code cache/natives}, or, where that cannot be had or is not private, in
     *     the common temporary folder
     */
    static NativeFolder unpack(URL resource, String name, Path cache) throws IOException {
        NativeFolder folder = new NativeFolder(fresh(cache), name);
        try (InputStream stream = resource.openStream()) {
            Files.copy(stream, folder.library);
            return folder;
        } catch (IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /** The folder. */
    Path path() {
        return path;
    }

    /** Deletes the folder as far as that is possible: a library that is loaded works on whatever happens here. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(library);
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // At its exit Java deletes what was named last first.
            path.toFile().deleteOnExit();
            library.toFile().deleteOnExit();
        }
    }

    private static Path fresh(Path cache) throws IOException {
        try {
            Files.createDirectories(cache);
            Path natives = privateFolder(cache.resolve("natives"));
            Path fresh = Files.createTempDirectory(natives, "");
            // Whoever may rename the folder could put another in its place.
            if (Files.getOwner(natives).equals(Files.getOwner(fresh))) {
                return fresh;
            }
            Files.delete(fresh);
        } catch (IOException e) {
            return temporary();
        }
        return temporary();
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

    /** Its name cannot be guessed, and it is private from the start. */
    private static Path temporary() throws IOException {
        return Files.createTempDirectory("octet-natives-");
    }
}
