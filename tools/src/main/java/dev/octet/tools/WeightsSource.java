package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.weights.WeightsName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which weights file belongs to a network: the processor writes the annotation's text next to the plan. */
public final class WeightsSource {
    private WeightsSource() {}

    /**
     * The weights file of a network.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     */
    public static Path find(BuiltNetwork network, Path sources) {
        Path file = named(network, sources);
        if (!Files.isRegularFile(file)) {
            throw new OctetException(ToolsCode.NO_WEIGHTS_FILE, network.name(), file);
        }
        return file;
    }

    /** The weights file of a network, for steps that can do without; empty if it is not there. */
    public static Optional<Path> findIfThere(BuiltNetwork network, Path sources) {
        return Optional.of(named(network, sources)).filter(Files::isRegularFile);
    }

    private static Path named(BuiltNetwork network, Path sources) {
        Path record = network.weightsSourceFile();
        if (!Files.isRegularFile(record)) {
            throw new OctetException(ToolsCode.NO_WEIGHTS_NAME, record);
        }
        String name = BuiltNetwork.readText(record, BuiltNetwork.MAX_TEXT).strip();
        return below(sources, name, network);
    }

    private static Path below(Path sources, String name, BuiltNetwork network) {
        try {
            return new WeightsName(name).below(sources);
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, ToolsCode.WEIGHTS_OUTSIDE, network.name(), e.getMessage(), sources);
        }
    }
}
