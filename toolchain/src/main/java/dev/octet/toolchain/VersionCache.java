package dev.octet.toolchain;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Remembers what was found out about programs and libraries, which holds until a file changes its size or time. */
final class VersionCache {
    private final Path folder;

    VersionCache(Path cache) {
        this.folder = cache.resolve("tools");
    }

    /**
     * What is known of some files, asked only if it is not known. A cache that does not work only costs time.
     *
     * @param form what the answer looks like: one line
     */
    String text(List<Path> files, Pattern form, Supplier<String> ask) {
        try {
            String stamp = stamp(files);
            return known(stamp, form).orElseGet(() -> remember(stamp, ask.get()));
        } catch (IOException e) {
            return ask.get();
        }
    }

    private static String stamp(List<Path> files) throws IOException {
        StringBuilder stamp = new StringBuilder();
        for (Path file : files) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamp.append(file).append('\n').append(attributes.size()).append('\n');
            stamp.append(attributes.lastModifiedTime()).append('\n');
        }
        return stamp.toString();
    }

    private Path file(String stamp) {
        return folder.resolve(Sha256.hex(stamp) + ".version");
    }

    /** The file repeats the stamp and ends in a line feed, so that a damaged one counts as none. */
    private Optional<String> known(String stamp, Pattern form) throws IOException {
        return StoredFiles.read(file(stamp))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> text.startsWith(stamp) && text.endsWith("\n"))
                .map(text -> text.substring(stamp.length()).strip())
                .filter(text -> form.matcher(text).matches());
    }

    private String remember(String stamp, String answer) {
        try {
            StoredFiles.write(file(stamp), (stamp + answer + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Asked again next time.
            return answer;
        }
        return answer;
    }
}
