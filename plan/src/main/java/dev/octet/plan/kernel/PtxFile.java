package dev.octet.plan.kernel;

import dev.octet.plan.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's PTX with its origin in the first line, a comment: so every file says by itself from what it was made and
 * whether it is complete, in the cache as well as in the jar.
 *
 * @param key cache key: hash of everything that decides the PTX
 * @param source hash of the CUDA source
 * @param ptx the PTX, without the line
 */
public record PtxFile(String key, String source, String ptx) {
    private static final String MARK = "// octet-ptx ";
    private static final Pattern FIRST_LINE =
            Pattern.compile(MARK + "1 key ([0-9a-f]{64}) source ([0-9a-f]{64}) body ([0-9a-f]{64})\n");

    public PtxFile {
        Objects.requireNonNull(key);
        Objects.requireNonNull(source);
        Objects.requireNonNull(ptx);
    }

    /** The file's content. */
    public byte[] write() {
        String line = MARK + "1 key " + key + " source " + source + " body " + Sha256.hex(ptx) + "\n";
        return (line + ptx).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a file is one of these, be it damaged or of another version. */
    public static boolean isMarked(byte[] bytes) {
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    /** Reads a file; empty if it is damaged or was not written by {@link #write}. */
    public static Optional<PtxFile> read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher matcher = FIRST_LINE.matcher(text);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String ptx = text.substring(matcher.end());
        return Sha256.hex(ptx).equals(matcher.group(3))
                ? Optional.of(new PtxFile(matcher.group(1), matcher.group(2), ptx))
                : Optional.empty();
    }
}
