package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/** A file that a build step makes: written as a whole or not at all, and left alone where it is already right. */
final class OutputFile {
    private OutputFile() {}

    /** Writes {@code bytes}; false if the file already had them. */
    static boolean write(Path file, byte[] bytes) {
        try {
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return false;
            }
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            // Not a temporary file of Java's, which only its owner may read: what is built is for others too.
            Path scratch = folder.resolve("." + file.getFileName() + "-" + UUID.randomUUID() + ".tmp");
            try {
                Files.write(scratch, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                Files.move(scratch, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(scratch);
            }
            return true;
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "write", file, e);
        }
    }

    /** Removes the file if it is there; whether it was. */
    static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "delete", file, e);
        }
    }
}
