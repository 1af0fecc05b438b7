package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file that a build step makes: written as a whole or not at all, and left alone where it is already right. */
public final class OutputFile {
    private OutputFile() {}

    /** Writes {@code bytes}; false if the file already had them. */
    public static boolean write(Path file, byte[] bytes) {
        try {
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return false;
            }
            StoredFiles.write(file.toAbsolutePath(), bytes);
            return true;
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "write", file, StoredFiles.reason(file, e));
        }
    }

    /** Writes a text in UTF-8; false if the file already had it. */
    public static boolean write(Path file, String text) {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes the file if it is there; whether it was. */
    static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "delete", file, StoredFiles.reason(file, e));
        }
    }
}
