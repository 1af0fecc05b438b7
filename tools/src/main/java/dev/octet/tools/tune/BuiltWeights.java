package dev.octet.tools.tune;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.CorrectionsInput;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The weights and ranges of a compiled network, as it is opened with them. Times do not depend on them.
 *
 * @param weights quantised weights
 * @param table calibration table
 */
record BuiltWeights(WeightsFile weights, CalibrationTable table) implements Tuner.Weights {
    /**
     * Reads what the build left in the classes directory.
     *
     * @param plan the network's plan
     * @throws OctetException {@link RuntimeCode#NO_WEIGHTS} or {@link RuntimeCode#NO_CALIBRATION} if one is missing, and the
     *     codes of those that are damaged or foreign
     */
    static BuiltWeights of(BuiltNetwork network, Plan plan) {
        String graph = GraphText.topologyHash(plan.fp32());
        WeightsFile weights =
                network.weights().orElseThrow(() -> missing(RuntimeCode.NO_WEIGHTS, network, network.weightsFile()));
        if (!weights.graphHash().equals(graph)) {
            throw new OctetException(RuntimeCode.FOREIGN_WEIGHTS, network.name(), weights.graphHash(), graph);
        }
        if (!Files.isRegularFile(network.tableFile())) {
            throw missing(RuntimeCode.NO_CALIBRATION, network, network.tableFile());
        }
        CalibrationTable table = CorrectionsInput.table(network.tableFile());
        weights.checkTable(table);
        table.check(network.name(), graph, weights.weightsHash());
        return new BuiltWeights(weights, table);
    }

    private static OctetException missing(DiagnosticCode code, BuiltNetwork network, Path file) {
        return new OctetException(code, network.name(), file);
    }

    @Override
    public NetworkImage image(Plan plan, NetworkImage.Kernels kernels) {
        return new NetworkImage(
                plan,
                weights.layers(),
                weights.floats(),
                NodeConstants.of(plan, table, weights.layers()::get).all(),
                kernels);
    }
}
