package dev.octet.plan.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Files that other processes may read and replace at any time. */
public final class StoredFiles {
    /** Far above any kernel, far below what exhausts memory. */
    private static final int MAX_BYTES = 1 << 26;

    private StoredFiles() {}

    /** Writes a file so that nobody ever sees a part of it. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        // Not a temporary file of Java's, which only its owner may read: what is built is for others too.
        Path part = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID() + ".part");
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The bytes of a file, or empty if there is none; too large a file is a failure too. */
    public static Optional<byte[]> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Optional<byte[]> bytes = BoundedInput.read(in, MAX_BYTES);
            if (bytes.isEmpty()) {
                throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * What went wrong with a file, for messages that name it: in words where Java's exception says little more than the name.
     *
     * @param file what was to be read or written as a file
     */
    public static String reason(Path file, IOException e) {
        if (e instanceof FileSystemException found
                && found.getFile() != null
                && !isOf(file, Path.of(found.getFile()))) {
            return reason(e);
        }
        if (Files.isDirectory(file)) {
            return "it is a folder, not a file";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "access is denied" : reason(e);
    }

    /** Whether that is the file, or what {@link #write} makes to become it. */
    private static boolean isOf(Path file, Path named) {
        Path absolute = file.toAbsolutePath();
        Path other = named.toAbsolutePath();
        boolean part = Objects.equals(absolute.getParent(), other.getParent())
                && String.valueOf(other.getFileName()).startsWith("." + absolute.getFileName() + "-");
        return part || other.equals(absolute);
    }

    /** What went wrong with a file, for messages: exceptions of files often say no more than its name. */
    public static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
