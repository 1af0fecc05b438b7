package dev.octet.plan.kernel;

import dev.octet.plan.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's machine code for one machine, with its origin in a line at the end. The ELF file comes first and
 * unchanged, so that NVIDIA's tools read the whole as it is; the line says whether the file is complete, since a driver
 * that is given a damaged one may take the process down.
 *
 * @param key cache key: hash of everything that decides the machine code
 * @param source hash of the CUDA source
 * @param elf the ELF file, without the line; not copied
 */
public record CubinFile(String key, String source, byte[] elf) {
    private static final Pattern LAST_LINE =
            Pattern.compile("\noctet-cubin 1 key ([0-9a-f]{64}) source ([0-9a-f]{64}) body ([0-9a-f]{64})\n");

    public CubinFile {
        Sha256.requireHex(key);
        Sha256.requireHex(source);
        Objects.requireNonNull(elf);
    }

    /** The file's content. */
    public byte[] write() {
        byte[] line = line(key, source, Sha256.hex(elf)).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(elf, elf.length + line.length);
        System.arraycopy(line, 0, bytes, elf.length, line.length);
        return bytes;
    }

    private static String line(String key, String source, String body) {
        return "\noctet-cubin 1 key " + key + " source " + source + " body " + body + "\n";
    }

    /** Reads a file; empty if it is damaged or was not written by {@link #write}. */
    public static Optional<CubinFile> read(byte[] bytes) {
        String hash = "0".repeat(64);
        int end = bytes.length - line(hash, hash, hash).length();
        if (end < 0) {
            return Optional.empty();
        }
        Matcher matcher = LAST_LINE.matcher(new String(bytes, end, bytes.length - end, StandardCharsets.ISO_8859_1));
        byte[] elf = Arrays.copyOf(bytes, end);
        return matcher.matches() && Sha256.hex(elf).equals(matcher.group(3))
                ? Optional.of(new CubinFile(matcher.group(1), matcher.group(2), elf))
                : Optional.empty();
    }
}
