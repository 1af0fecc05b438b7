package dev.octet.cuda.internal;

import dev.octet.plan.io.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with a native library that nobody but the user can write to, for as long as it takes to load it. JCuda itself
 * would unpack its libraries to a predictable name in the common temporary folder and load whatever lies there. Every
 * load has a folder of its own, since a process can load the same file in one class loader only; once it is loaded, Linux
 * needs the file no more.
 */
final class NativeFolder implements AutoCloseable {
    private final Path path;
    private final Path library;

    private NativeFolder(Path path, String library) {
        this.path = path;
        this.library = path.resolve(library);
    }

    /**
     * Makes a library available as a file.
     *
     * @param bytes the library
     * @param name file name to give it
     * @param cache the folder is made below {@code cache/natives}, or, where that cannot be had or is not private, in
     *     the common temporary folder
     */
    static NativeFolder unpack(byte[] bytes, String name, Path cache) throws IOException {
        // Java loads libraries by absolute paths only.
        Path natives = cache.toAbsolutePath().resolve("natives");
        NativeFolder folder = new NativeFolder(PrivateFolder.fresh(natives), name);
        try {
            Files.write(folder.library, bytes);
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
}
