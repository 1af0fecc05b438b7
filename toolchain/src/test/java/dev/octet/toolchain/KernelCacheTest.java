package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCacheTest {
    private static final PtxFile ENTRY = new PtxFile(Sha256.hex("key"), Sha256.hex("source"), FakeToolkit.PTX);

    @TempDir
    Path folder;

    @Test
    void givesBackWhatItKeeps() throws IOException {
        KernelCache cache = new KernelCache(folder.resolve("new/folder"));
        assertThat(cache.find(ENTRY.key())).isEmpty();

        cache.store(ENTRY);

        assertThat(cache.find(ENTRY.key())).contains(ENTRY);
        assertThat(new KernelCache(folder.resolve("new/folder")).find(ENTRY.key()))
                .contains(ENTRY);
    }

    @Test
    void writesWithThePermissionsOfOrdinaryFiles() throws IOException {
        Path ordinary = Files.createFile(folder.resolve("ordinary"));
        Path stored = folder.resolve("stored");
        StoredFiles.write(stored, new byte[1]);
        assertThat(Files.getAttribute(stored, "posix:permissions"))
                .isEqualTo(Files.getAttribute(ordinary, "posix:permissions"));
    }

    @Test
    void takesADamagedEntryForMissing() throws IOException {
        KernelCache cache = new KernelCache(folder);
        cache.store(ENTRY);
        byte[] whole = Files.readAllBytes(cache.file(ENTRY.key()));
        for (int length : List.of(0, 10, 220, whole.length - 1)) {
            Files.write(cache.file(ENTRY.key()), java.util.Arrays.copyOf(whole, length));
            assertThat(cache.find(ENTRY.key())).as("first %d bytes", length).isEmpty();
        }
        whole[whole.length - 10] ^= 1;
        Files.write(cache.file(ENTRY.key()), whole);
        assertThat(cache.find(ENTRY.key())).as("one bit changed").isEmpty();
    }

    @Test
    void takesAnEntryUnderAnotherKeyForMissing() throws IOException {
        KernelCache cache = new KernelCache(folder);
        String other = Sha256.hex("other");
        StoredFiles.write(cache.file(other), ENTRY.write());

        assertThat(cache.find(other)).isEmpty();
    }

    @Test
    void neverShowsAPartOfAnEntry() {
        KernelCache cache = new KernelCache(folder);
        long found = IntStream.range(0, 400)
                .parallel()
                .filter(i -> {
                    try {
                        if (i % 4 == 0) {
                            cache.store(ENTRY);
                        }
                        return i % 4 == 0
                                ? cache.find(ENTRY.key()).isPresent()
                                : !Files.exists(cache.file(ENTRY.key()))
                                        || cache.find(ENTRY.key()).isPresent();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .count();

        assertThat(found).isEqualTo(400);
        assertThat(cache.file(ENTRY.key()).getParent().toFile().list()).hasSize(1);
    }
}
