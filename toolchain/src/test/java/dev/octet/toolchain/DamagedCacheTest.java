package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.testkit.DamagedCopies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the cache may be damaged or foreign: it then counts as missing, and nothing fails. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedCacheTest {
    private static final int CASES = 1500;
    private static final Pattern FORM = Pattern.compile("[0-9.]+");

    @TempDir
    private Path folder;

    @Test
    void kernels() throws Exception {
        PtxFile entry = new PtxFile(Sha256.hex("key"), Sha256.hex("source"), FakeToolkit.PTX);
        PtxFile other = new PtxFile(Sha256.hex("other"), Sha256.hex("source"), "// none\n");
        KernelCache cache = new KernelCache(folder);
        cache.store(entry);
        Path file = cache.ptxFile(entry.key());
        DamagedCopies.of("TOOL", entry.write()).check(CASES, 1, bytes -> {
            Files.write(file, bytes);
            Optional<PtxFile> found = cache.ptx(entry.key());
            // The hash of the source says only whether the entry is still wanted: damaged, it is compiled again.
            found.ifPresent(read -> assertThat(read.key() + read.ptx()).isEqualTo(entry.key() + entry.ptx()));
            return found.isPresent();
        });
        Files.write(file, other.write());
        assertThat(cache.ptx(entry.key())).isEmpty();
    }

    @Test
    void versions() throws Exception {
        Path program = Files.writeString(folder.resolve("nvcc"), "a program");
        VersionCache cache = new VersionCache(folder);
        assertThat(cache.text(List.of(program), FORM, () -> "13.0.88")).isEqualTo("13.0.88");
        Path file;
        try (var files = Files.list(folder.resolve("tools"))) {
            file = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        DamagedCopies.of("TOOL", whole).check(CASES, 5, bytes -> {
            Files.write(file, bytes);
            String version = cache.text(List.of(program), FORM, () -> "asked");
            assertThat(version).matches("asked|[0-9.]+");
            return !version.equals("asked");
        });
    }

    @Test
    void settings() throws Exception {
        String settings = "octet.toolTimeout=120\noctet.nvcc=/usr/local/cuda/bin/nvcc\noctet.cache=/var/cache\n";
        DamagedCopies.of("TOOL", settings.getBytes(StandardCharsets.UTF_8)).check(CASES, 100, bytes -> {
            Map<String, String> given = new HashMap<>();
            for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
                int equals = Math.max(line.indexOf('='), 0);
                given.put(line.substring(0, equals), line.substring(Math.min(equals + 1, line.length())));
            }
            ToolchainOptions options =
                    ToolchainOptions.of(name -> Optional.ofNullable(given.get(name)), Map.of("PATH", "/bin:\0:/sbin"));
            assertThat(options.timeLimit()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(999_999));
            return true;
        });
    }
}
