package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
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
        assertThat(cache.ptx(ENTRY.key())).isEmpty();

        cache.store(ENTRY);

        assertThat(cache.ptx(ENTRY.key())).contains(ENTRY);
        assertThat(new KernelCache(folder.resolve("new/folder")).ptx(ENTRY.key()))
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
        byte[] whole = Files.readAllBytes(cache.ptxFile(ENTRY.key()));
        for (int length : List.of(0, 10, 220, whole.length - 1)) {
            Files.write(cache.ptxFile(ENTRY.key()), java.util.Arrays.copyOf(whole, length));
            assertThat(cache.ptx(ENTRY.key())).as("first %d bytes", length).isEmpty();
        }
        whole[whole.length - 10] ^= 1;
        Files.write(cache.ptxFile(ENTRY.key()), whole);
        assertThat(cache.ptx(ENTRY.key())).as("one bit changed").isEmpty();
    }

    @Test
    void takesAnEntryUnderAnotherKeyForMissing() throws IOException {
        KernelCache cache = new KernelCache(folder);
        String other = Sha256.hex("other");
        StoredFiles.write(cache.ptxFile(other), ENTRY.write());

        assertThat(cache.ptx(other)).isEmpty();
    }

    @Test
    void keepsMachineCodeToo() throws IOException {
        KernelCache cache = new KernelCache(folder);
        CubinFile entry =
                new CubinFile(Sha256.hex("key"), Sha256.hex("source"), new byte[] {127, 'E', 'L', 'F', 0, -1});
        cache.store(entry);
        assertThat(cache.cubin(entry.key()).orElseThrow().elf()).isEqualTo(entry.elf());

        byte[] damaged = Files.readAllBytes(cache.cubinFile(entry.key()));
        damaged[4] ^= 1;
        Files.write(cache.cubinFile(entry.key()), damaged);
        assertThat(cache.cubin(entry.key())).isEmpty();
    }

    @Test
    void tellsWhyItDoesNotWorkAndGoesOn() throws IOException {
        KernelCache cache = new KernelCache(Files.createFile(folder.resolve("file")));
        assertThat(cache.trouble()).isEmpty();

        cache.store(ENTRY);

        assertThat(cache.ptx(ENTRY.key())).isEmpty();
        assertThat(cache.trouble()).isPresent();
    }

    @Test
    void neverShowsAPartOfAnEntry() {
        KernelCache cache = new KernelCache(folder);
        long found = IntStream.range(0, 400)
                .parallel()
                .filter(i -> {
                    if (i % 4 == 0) {
                        cache.store(ENTRY);
                        return cache.ptx(ENTRY.key()).isPresent();
                    }
                    return !Files.exists(cache.ptxFile(ENTRY.key()))
                            || cache.ptx(ENTRY.key()).isPresent();
                })
                .count();

        assertThat(found).isEqualTo(400);
        assertThat(cache.ptxFile(ENTRY.key()).getParent().toFile().list()).hasSize(1);
    }
}
