package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The corrections of a network's weights among the build inputs, and what they lead to. */
public final class CorrectionsInput {
    private CorrectionsInput() {}

    /** Where a network's corrections are kept among the build inputs. */
    public static Path source(Path sources, String network) {
        return sources.resolve(network + ".corrections");
    }

    /** Writes corrections to a file. */
    public static void save(Corrections corrections, Path file) {
        OutputFile.write(file, corrections.write());
    }

    /**
     * The corrections of a network; empty if there are none.
     *
     * @param tensors its float weights
     * @throws OctetException a {@link dev.octet.plan.correct.CorrectionsCode} if they were made for another network, other
     *     weights or another table than those that are there, {@link ToolsCode#NO_TABLE} if there is no table
     */
    public static Optional<Corrections> find(BuiltNetwork network, Plan plan, Path sources, Safetensors tensors) {
        Path file = source(sources, network.name());
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Corrections corrections = Corrections.read(BuiltNetwork.readText(file, BuiltNetwork.MAX_TEXT), file.toString());
        corrections.check(plan, tensors.sha256(), table(network, sources));
        return Optional.of(corrections);
    }

    /**
     * The calibration table of a network among the build inputs.
     *
     * @throws OctetException {@link ToolsCode#NO_TABLE} if there is none
     */
    public static CalibrationTable table(BuiltNetwork network, Path sources) {
        Path file = TableInstall.source(sources, network.name());
        if (!Files.isRegularFile(file)) {
            throw new OctetException(ToolsCode.NO_TABLE, network.name(), network.name(), file);
        }
        return CalibrationTable.read(BuiltNetwork.readText(file, BuiltNetwork.MAX_TEXT), file.toString());
    }

    /** Quantised weights, corrected if there are corrections. */
    public static WeightsFile weights(BuiltNetwork network, Path sources) {
        Plan plan = network.plan();
        Safetensors tensors = Safetensors.open(WeightsSource.find(network, sources));
        return find(network, plan, sources, tensors)
                .map(corrections -> corrections.weights(plan, tensors))
                .orElseGet(() -> WeightsFile.of(plan, tensors));
    }
}
