package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the calibration table of a network, a build input, beside its plan. */
public final class TableInstall {
    private TableInstall() {}

    /** Where a network's table is kept among the build inputs. */
    public static Path source(Path sources, String network) {
        return sources.resolve(network + ".calibration");
    }

    /** Writes a table to a file. */
    public static void save(CalibrationTable table, Path file) {
        OutputFile.write(file, table.write());
    }

    /**
     * Copies the table of a network after checking that it was made for this graph and these weights; throws
     * {@link dev.octet.plan.diag.OctetException} if it was not.
     *
     * @param network the network
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @return {@link Outcome#MISSING} if there is no table; a copy of an earlier one is removed
     */
    public static Outcome install(BuiltNetwork network, Path sources) {
        Path source = source(sources, network.name());
        if (!Files.isRegularFile(source)) {
            OutputFile.delete(network.tableFile());
            return Outcome.MISSING;
        }
        byte[] text = BuiltNetwork.readAll(source, BuiltNetwork.MAX_TEXT);
        Safetensors weights = Safetensors.open(WeightsSource.find(network, sources));
        Plan plan = network.plan();
        String weightsHash = CorrectionsInput.find(network, plan, sources, weights)
                .map(Corrections::equalizedHash)
                .orElse(weights.sha256());
        CalibrationTable.read(new String(text, StandardCharsets.UTF_8), source.toString())
                .check(network.name(), GraphText.topologyHash(plan.fp32()), weightsHash);
        return OutputFile.write(network.tableFile(), text) ? Outcome.WRITTEN : Outcome.UNCHANGED;
    }
}
