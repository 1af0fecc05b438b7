package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folds and quantises the weights of compiled networks: safetensors and plan to {@code weights.bin}. */
public final class WeightsBuild {
    private WeightsBuild() {}

    /**
     * Makes {@code weights.bin} of a network in its classes directory, with the corrections that lie beside the weights, and
     * copies these. It is made anew each time and compared by content: hashes of what it was made from would not tell that
     * another version of Octet made it.
     *
     * @param network the network
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @throws OctetException among others a {@link dev.octet.plan.correct.CorrectionsCode} if there are corrections that do not
     *     belong to these weights or to the calibration table
     */
    public static Outcome build(BuiltNetwork network, Path sources) {
        byte[] bytes = CorrectionsInput.weights(network, sources).write();
        Path corrections = CorrectionsInput.source(sources, network.name());
        if (Files.isRegularFile(corrections)) {
            OutputFile.write(network.correctionsFile(), BuiltNetwork.readAll(corrections, BuiltNetwork.MAX_TEXT));
        } else {
            OutputFile.delete(network.correctionsFile());
        }
        return written(network, bytes);
    }

    /** Makes {@code weights.bin} as if there were no corrections. */
    public static Outcome buildUncorrected(BuiltNetwork network, Path sources) {
        OutputFile.delete(network.correctionsFile());
        return written(network, quantise(network.plan(), WeightsSource.find(network, sources)));
    }

    private static Outcome written(BuiltNetwork network, byte[] bytes) {
        return OutputFile.write(network.weightsFile(), bytes) ? Outcome.WRITTEN : Outcome.UNCHANGED;
    }

    /** The bytes of {@code weights.bin} for a plan and a safetensors file, without corrections. */
    public static byte[] quantise(Plan plan, Path safetensors) {
        return WeightsFile.of(plan, Safetensors.open(safetensors)).write();
    }
}
