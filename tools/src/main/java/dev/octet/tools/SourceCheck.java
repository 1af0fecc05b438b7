package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a plan was made from the sources that are there now. A compiler that is told to compile only what changed does
 * not run the definition again when no more than a class that it uses has changed.
 */
public final class SourceCheck {
    private static final int DIGEST = 64;

    private SourceCheck() {}

    /**
     * Compares the sources that a network was compiled from; those that are in none of the roots are left out, and so are
     * networks of builds that did not record any.
     *
     * @param roots source folders of the module
     * @throws OctetException {@link ToolsCode#STALE_PLAN} that names a source that changed since
     */
    public static void check(BuiltNetwork network, List<Path> roots) {
        Path record = network.sourcesFile();
        if (!Files.isRegularFile(record)) {
            return;
        }
        String text = BuiltNetwork.readText(record, BuiltNetwork.MAX_TEXT);
        for (String line : text.lines().toList()) {
            if (line.length() < DIGEST + 2) {
                throw new OctetException(ToolsCode.IO, "read", record, "it is damaged; compile the module again");
            }
            String path = line.substring(DIGEST + 1);
            check(network, path, line.substring(0, DIGEST), roots);
        }
    }

    private static void check(BuiltNetwork network, String path, String digest, List<Path> roots) {
        for (Path root : roots) {
            Path source = resolve(root, path, network);
            if (Files.isRegularFile(source)) {
                if (!Sha256.hex(BuiltNetwork.readAll(source, BuiltNetwork.MAX_TEXT))
                        .equals(digest)) {
                    throw new OctetException(ToolsCode.STALE_PLAN, network.name(), path);
                }
                return;
            }
        }
    }

    private static Path resolve(Path root, String path, BuiltNetwork network) {
        try {
            return root.resolve(path);
        } catch (InvalidPathException e) {
            throw new OctetException(e, ToolsCode.IO, "read", network.sourcesFile(), e.getMessage());
        }
    }
}
