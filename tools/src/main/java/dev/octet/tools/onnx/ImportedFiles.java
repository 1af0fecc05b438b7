package dev.octet.tools.onnx;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ToolsCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/** The two files of an import. Neither is written before both are known to be wanted; what is there already stays. */
final class ImportedFiles {
    private final ImportOptions options;

    ImportedFiles(ImportOptions options) {
        this.options = options;
    }

    void write(byte[] source, WeightsOutput weights) {
        Path sourceFile = options.sourceFile().toAbsolutePath();
        Path weightsFile = options.weightsFile().toAbsolutePath();
        Path current = sourceFile;
        Path part = weightsFile.resolveSibling("." + weightsFile.getFileName() + "-" + UUID.randomUUID() + ".part");
        try {
            boolean newSource = !Files.exists(sourceFile) || !Arrays.equals(Files.readAllBytes(sourceFile), source);
            requireFree(newSource, sourceFile);
            current = weightsFile;
            Files.createDirectories(weightsFile.getParent());
            write(weights, part);
            boolean newWeights = !Files.exists(weightsFile) || Files.mismatch(weightsFile, part) >= 0;
            requireFree(newWeights, weightsFile);
            if (newWeights) {
                Files.move(part, weightsFile, StandardCopyOption.REPLACE_EXISTING);
            }
            current = sourceFile;
            if (newSource) {
                StoredFiles.write(sourceFile, source);
            }
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "write", current, StoredFiles.reason(e));
        } finally {
            delete(part);
        }
    }

    private static void write(WeightsOutput weights, Path part) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16)) {
            weights.write(out);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // A part that cannot be deleted disturbs nobody, and hides no other failure.
            part.toFile().deleteOnExit();
        }
    }

    private void requireFree(boolean changes, Path file) {
        if (changes && Files.exists(file) && !options.replace()) {
            throw new OctetException(OnnxCode.EXISTS, file, "--replace or -Doctet.replace");
        }
    }
}
