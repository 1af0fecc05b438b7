package dev.octet.tools.report;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quotes lines of definitions, from sources that are those that the network was compiled from. */
final class Quotes {
    private final List<Path> folders;
    private final Map<String, String> digests = new HashMap<>();
    private final Map<String, List<String>> files = new HashMap<>();

    /**
     * Quotes from some folders.
     *
     * @param folders source folders
     * @param compiled what the build says it was compiled from, {@code <SHA-256> <path>} a line
     */
    Quotes(List<Path> folders, String compiled) {
        this.folders = folders;
        compiled.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> digests.put(words[1], words[0]));
    }

    /** The text of a line without the space around it; empty if the source is not there or not the one compiled. */
    Optional<String> quote(SourceLine line) {
        String type = line.className();
        String path = type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/') + line.file();
        List<String> text = files.computeIfAbsent(path, this::read);
        return line.line() > text.size()
                ? Optional.empty()
                : Optional.of(text.get(line.line() - 1).strip());
    }

    private List<String> read(String path) {
        if (!digests.containsKey(path)) {
            return List.of();
        }
        for (Path folder : folders) {
            Path file = folder.resolve(path);
            try {
                Optional<byte[]> bytes = StoredFiles.read(file);
                if (bytes.isPresent() && Sha256.hex(bytes.get()).equals(digests.get(path))) {
                    return new String(bytes.get(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
                }
            } catch (IOException e) {
                throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
            }
        }
        return List.of();
    }
}
