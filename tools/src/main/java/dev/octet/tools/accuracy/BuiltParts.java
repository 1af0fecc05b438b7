package dev.octet.tools.accuracy;

import dev.octet.plan.Plan;
import dev.octet.plan.correct.ChannelFactors;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.CorrectionsInput;
import dev.octet.tools.WeightsSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a network runs with in INT8, from its build inputs.
 *
 * @param tensors float weights
 * @param table calibration table
 * @param corrections corrections of the weights for this table; empty if there are none
 */
public record BuiltParts(Safetensors tensors, CalibrationTable table, Optional<Corrections> corrections) {
    /**
     * Reads the build inputs of a network and checks that they belong together.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @throws dev.octet.plan.diag.OctetException if one is missing, damaged or foreign
     */
    public static BuiltParts of(BuiltNetwork network, Path sources) {
        return of(network, sources, Optional.empty());
    }

    /**
     * The same with a calibration table from another place.
     *
     * @param table its file; empty for the build input
     */
    public static BuiltParts of(BuiltNetwork network, Path sources, Optional<Path> table) {
        Plan plan = network.plan();
        Safetensors tensors = Safetensors.open(WeightsSource.find(network, sources));
        CalibrationTable used =
                table.map(CorrectionsInput::table).orElseGet(() -> CorrectionsInput.table(network, sources));
        BuiltParts parts = new BuiltParts(tensors, used, CorrectionsInput.find(network, plan, sources, tensors, used));
        String weightsHash = parts.corrections.map(Corrections::equalizedHash).orElse(tensors.sha256());
        used.check(plan.network(), GraphText.topologyHash(plan.fp32()), weightsHash);
        return parts;
    }

    /** Quantised weights of a plan of the network, whichever of its layers stay in FP32. */
    WeightsFile weights(Plan plan) {
        return corrections.map(found -> found.weights(plan, tensors)).orElseGet(() -> WeightsFile.of(plan, tensors));
    }

    /** Float weights with the factors that quantised ones have. */
    SortedMap<String, FoldedLayer> floats(Plan plan) {
        return ChannelFactors.apply(
                plan.fp32(),
                WeightFolder.fold(plan.fp32(), tensors),
                corrections.map(Corrections::exponents).orElse(Collections.emptySortedMap()));
    }
}
