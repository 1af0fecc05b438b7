package dev.octet.toolchain;

import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Compiled kernels by the hash of everything that decides them. Entries never change; a damaged one counts as missing
 * and is replaced. Safe for any number of processes.
 */
public final class KernelCache {
    private final Path folder;

    /** The cache below a folder, which need not exist. */
    public KernelCache(Path folder) {
        this.folder = folder.resolve("ptx");
    }

    /** An entry, if it is there, undamaged, and really has this key. */
    Optional<PtxFile> find(String key) throws IOException {
        return StoredFiles.read(file(key))
                .flatMap(PtxFile::read)
                .filter(entry -> entry.key().equals(key));
    }

    void store(PtxFile entry) throws IOException {
        StoredFiles.write(file(entry.key()), entry.write());
    }

    Path file(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key + ".ptx");
    }
}
