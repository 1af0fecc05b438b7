package dev.octet.toolchain;

import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compiled kernels by the hash of everything that decides them. Entries never change; a damaged one counts as missing
 * and is replaced. A cache that cannot be read or written only costs time. Safe for any number of processes.
 */
public final class KernelCache {
    private final Path folder;
    private final AtomicReference<String> trouble = new AtomicReference<>();

    /** The cache below a folder, which need not exist. */
    public KernelCache(Path folder) {
        this.folder = folder;
    }

    /** PTX, if it is there, undamaged, and really has this key. */
    Optional<PtxFile> ptx(String key) {
        return read(ptxFile(key))
                .flatMap(PtxFile::read)
                .filter(entry -> entry.key().equals(key));
    }

    /** Machine code, likewise. */
    Optional<CubinFile> cubin(String key) {
        return read(cubinFile(key))
                .flatMap(CubinFile::read)
                .filter(entry -> entry.key().equals(key));
    }

    void store(PtxFile entry) {
        write(ptxFile(entry.key()), entry.write());
    }

    void store(CubinFile entry) {
        write(cubinFile(entry.key()), entry.write());
    }

    Path ptxFile(String key) {
        return file("ptx", key);
    }

    Path cubinFile(String key) {
        return file("cubin", key);
    }

    private Path file(String kind, String key) {
        return folder.resolve(kind).resolve(key.substring(0, 2)).resolve(key + "." + kind);
    }

    private Optional<byte[]> read(Path file) {
        try {
            return StoredFiles.read(file);
        } catch (IOException e) {
            trouble.compareAndSet(null, StoredFiles.reason(e));
            return Optional.empty();
        }
    }

    private void write(Path file, byte[] bytes) {
        try {
            StoredFiles.write(file, bytes);
        } catch (IOException e) {
            trouble.compareAndSet(null, StoredFiles.reason(e));
        }
    }

    /** Why the cache could not be read or written, if it could not. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }
}
