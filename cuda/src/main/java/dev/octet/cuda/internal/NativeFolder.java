package dev.octet.cuda.internal;

import dev.octet.plan.io.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with a native library that nobody but the user can write to, for as long as it takes to load it. JCuda itself
 * would unpack its libraries to a predictable name in the common temporary folder and load whatever lies there. Every
 * load has a folder of its own, since a process can load the same file in one class loader only; once it is loaded, Linux
 * needs the file no more.
 */
final class NativeFolder implements AutoCloseable {
    private final Path path;

    private NativeFolder(Path path) {
        this.path = path;
    }

    /**
     * A folder for whoever unpacks a library himself.
     *
     * @param cache the folder is made below {@code cache/natives}, or, where that cannot be had or is not private, in
     *     the common temporary folder
     */
    static NativeFolder empty(Path cache) throws IOException {
        // Java loads libraries by absolute paths only.
        return new NativeFolder(PrivateFolder.fresh(cache.toAbsolutePath().resolve("natives")));
    }

    /**
     * Makes a library available as a file.
     *
     * @param bytes the library
     * @param name file name to give it
     * @param cache as for {@link #empty}
     */
    static NativeFolder unpack(byte[] bytes, String name, Path cache) throws IOException {
        NativeFolder folder = empty(cache);
        try {
            Files.write(folder.path.resolve(name), bytes);
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
        List<Path> paths = new ArrayList<>(List.of(path));
        try {
            try (Stream<Path> files = Files.list(path)) {
                files.forEach(paths::add);
            }
            for (Path file : paths.subList(1, paths.size())) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException | UncheckedIOException e) {
            // At its exit Java deletes what was named last first.
            paths.forEach(file -> file.toFile().deleteOnExit());
        }
    }
}
