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
        return read(network, sources).map(corrections -> checked(corrections, plan, tensors, table(network, sources)));
    }

    /**
     * The same for a table that may lie elsewhere.
     *
     * @param table the calibration table that the network runs with
     */
    public static Optional<Corrections> find(
            BuiltNetwork network, Plan plan, Path sources, Safetensors tensors, CalibrationTable table) {
        return read(network, sources).map(corrections -> checked(corrections, plan, tensors, table));
    }

    private static Optional<Corrections> read(BuiltNetwork network, Path sources) {
        Path file = source(sources, network.name());
        return Files.isRegularFile(file)
                ? Optional.of(Corrections.read(BuiltNetwork.readText(file, BuiltNetwork.MAX_TEXT), file.toString()))
                : Optional.empty();
    }

    private static Corrections checked(
            Corrections corrections, Plan plan, Safetensors tensors, CalibrationTable table) {
        corrections.check(plan, tensors.sha256(), table);
        return corrections;
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
        return table(file);
    }

    /** A calibration table from a file. */
    public static CalibrationTable table(Path file) {
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
