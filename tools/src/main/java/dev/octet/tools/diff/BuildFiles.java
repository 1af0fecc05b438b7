package dev.octet.tools.diff;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a build left, in a classes folder or in a jar. */
public final class BuildFiles implements AutoCloseable {
    private final Path place;
    private final Optional<FileSystem> jar;
    private final Path root;

    private BuildFiles(Path place, Optional<FileSystem> jar) {
        this.place = place;
        this.jar = jar;
        this.root = jar.map(files -> files.getPath("/")).orElse(place);
    }

    /** Opens a folder or jar; {@link ToolsCode#NOT_A_BUILD} if it is neither, or holds nothing of Octet's. */
    public static BuildFiles open(Path place) {
        BuildFiles files = new BuildFiles(place, jar(place));
        if (!Files.isDirectory(files.root.resolve(ResourcePaths.ROOT))) {
            files.close();
            throw new OctetException(ToolsCode.NOT_A_BUILD, place, "it has no " + ResourcePaths.ROOT);
        }
        return files;
    }

    private static Optional<FileSystem> jar(Path place) {
        if (Files.isDirectory(place)) {
            return Optional.empty();
        }
        if (!Files.exists(place)) {
            throw new OctetException(ToolsCode.NOT_A_BUILD, place, "it does not exist");
        }
        try {
            return Optional.of(FileSystems.newFileSystem(place));
        } catch (IOException | ProviderNotFoundException | IllegalArgumentException e) {
            throw new OctetException(e, ToolsCode.NOT_A_BUILD, place, "it is neither a folder nor a readable jar");
        }
    }

    /** Names of what a folder holds, in order; empty if there is no such folder. */
    public List<String> names(String folder) {
        Path path = root.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString().replace("/", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", path, StoredFiles.reason(e));
        }
    }

    /**
     * The bytes of a file; empty if there is none.
     *
     * @param path as in {@link dev.octet.plan.ResourcePaths}
     * @param most bytes that such a file can have
     */
    public Optional<byte[]> read(String path, int most) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most);
            if (bytes.length == most) {
                throw new OctetException(
                        ToolsCode.NOT_A_BUILD, place, path + " is larger than such a file can be, " + most + " bytes");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", display(path), StoredFiles.reason(e));
        }
    }

    /** A file, for messages. */
    public String display(String path) {
        return place + (jar.isPresent() ? "!/" : "/") + path;
    }

    @Override
    public void close() {
        if (jar.isPresent()) {
            try {
                jar.get().close();
            } catch (IOException e) {
                throw new OctetException(e, ToolsCode.IO, "read", place, StoredFiles.reason(e));
            }
        }
    }
}
