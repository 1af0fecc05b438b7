package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.PrecisionTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Whether a plan was made with the precision file that is there now: no compiler looks for changes among build inputs. */
public final class PrecisionCheck {
    private PrecisionCheck() {}

    /** Where a network's precision file is kept among the build inputs. */
    public static Path source(Path sources, String network) {
        return sources.resolve(network + ".precision");
    }

    /** Reads a precision file. */
    static PrecisionTable read(Path file) {
        return PrecisionTable.read(BuiltNetwork.readText(file, PrecisionTable.MAX_BYTES), file.toString());
    }

    /**
     * Compares the precision file of a network with what it was compiled with; networks of builds that did not record that
     * are left out.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @throws OctetException {@link ToolsCode#STALE_PRECISION} if it was changed, added or removed since
     */
    public static void check(BuiltNetwork network, Path sources) {
        Path record = network.precisionFile();
        if (!Files.isRegularFile(record)) {
            return;
        }
        Path source = source(sources, network.name());
        byte[] now = Files.isRegularFile(source) ? BuiltNetwork.readAll(source, BuiltNetwork.MAX_TEXT) : new byte[0];
        if (!Arrays.equals(now, BuiltNetwork.readAll(record, BuiltNetwork.MAX_TEXT))) {
            throw new OctetException(ToolsCode.STALE_PRECISION, network.name(), source);
        }
    }
}
