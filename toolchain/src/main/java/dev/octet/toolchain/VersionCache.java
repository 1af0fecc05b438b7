package dev.octet.toolchain;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Supplier;

/** Remembers the versions of programs, which hold until a program's file changes its size or time. */
final class VersionCache {
    private final Path folder;

    VersionCache(Path cache) {
        this.folder = cache.resolve("tools");
    }

    /** The version of a program, asked only if it is not known. A cache that does not work only costs time. */
    String version(Path program, Supplier<String> ask) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(program, BasicFileAttributes.class);
            String stamp = program + "\n" + attributes.size() + "\n" + attributes.lastModifiedTime() + "\n";
            return known(stamp).orElseGet(() -> remember(stamp, ask.get()));
        } catch (IOException e) {
            return ask.get();
        }
    }

    private Path file(String stamp) {
        return folder.resolve(Sha256.hex(stamp) + ".version");
    }

    /** The file repeats the stamp and ends in a line feed, so that a damaged one counts as none. */
    private Optional<String> known(String stamp) throws IOException {
        return StoredFiles.read(file(stamp))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> text.startsWith(stamp))
                .map(text -> text.substring(stamp.length()))
                .filter(rest -> rest.matches("[0-9]+(\\.[0-9]+)+\n"))
                .map(String::strip);
    }

    private String remember(String stamp, String version) {
        try {
            StoredFiles.write(file(stamp), (stamp + version + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Asked again next time.
            return version;
        }
        return version;
    }
}
