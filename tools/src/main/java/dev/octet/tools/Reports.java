package dev.octet.tools;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files that tools write for people and other programs to read. */
public final class Reports {
    private Reports() {}

    /** Writes a text; throws {@link dev.octet.plan.diag.OctetException} if that is impossible. */
    public static void save(String text, Path file) {
        OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
