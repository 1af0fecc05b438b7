package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.weights.WeightsName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which weights file belongs to a network: the processor writes the annotation's text next to the plan. */
public final class WeightsSource {
    private WeightsSource() {}

    /**
     * The weights file of a network.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     */
    public static Path find(BuiltNetwork network, Path sources) {
        Path record = network.weightsSourceFile();
        if (!Files.isRegularFile(record)) {
            throw new OctetException(ToolsCode.NO_WEIGHTS_NAME, record);
        }
        String name = new String(BuiltNetwork.readAll(record, BuiltNetwork.MAX_TEXT), StandardCharsets.UTF_8).strip();
        Path file = below(sources, name, network);
        if (!Files.isRegularFile(file)) {
            throw new OctetException(ToolsCode.NO_WEIGHTS_FILE, network.name(), file);
        }
        return file;
    }

    private static Path below(Path sources, String name, BuiltNetwork network) {
        try {
            return new WeightsName(name).below(sources);
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, ToolsCode.WEIGHTS_OUTSIDE, network.name(), e.getMessage(), sources);
        }
    }
}
