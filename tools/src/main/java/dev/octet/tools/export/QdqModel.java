package dev.octet.tools.export;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.WeightsFile;

/**
 * A calibrated network as an ONNX model of quantised and float operators. {@code docs/export.md} describes it.
 *
 * @param bytes the file; not copied
 * @param nodes number of its nodes
 */
public record QdqModel(byte[] bytes, int nodes) {
    /**
     * Writes a network.
     *
     * @param plan the network
     * @param table its calibration table
     * @param weights its weights, corrected or not
     * @param options how it is written
     * @throws OctetException an {@link ExportCode}, or a {@link dev.octet.plan.table.TableCode} if a range is missing
     */
    public static QdqModel of(Plan plan, CalibrationTable table, WeightsFile weights, QdqOptions options) {
        return new QdqGraph(plan, table, weights, options).write();
    }
}
