package dev.octet.tools.export;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.CorrectionsInput;
import dev.octet.tools.OutputFile;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.onnx.OnnxCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a compiled network with its build inputs to an ONNX file.
 *
 * @param file the file
 * @param options how the model is written
 * @param replace whether a file of other content is replaced
 */
public record OnnxExport(Path file, QdqOptions options, boolean replace) {
    /**
     * Writes the file.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @throws OctetException if an input is missing, damaged or foreign, an {@link ExportCode}, or {@link OnnxCode#EXISTS}
     */
    public QdqModel run(BuiltNetwork network, Path sources) {
        Plan plan = network.plan();
        WeightsFile weights = CorrectionsInput.weights(network, sources);
        CalibrationTable table = CorrectionsInput.table(network, sources);
        table.check(plan.network(), GraphText.topologyHash(plan.fp32()), weights.weightsHash());
        weights.checkTable(table);
        QdqModel model = QdqModel.of(plan, table, weights, options);
        requireFree(model.bytes());
        OutputFile.write(file, model.bytes());
        return model;
    }

    private void requireFree(byte[] bytes) {
        try {
            if (!replace && Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), bytes)) {
                throw new OctetException(OnnxCode.EXISTS, file, "--replace or -Doctet.replace");
            }
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }
}
