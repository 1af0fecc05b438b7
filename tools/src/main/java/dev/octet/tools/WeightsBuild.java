package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightQuantizer;
import dev.octet.plan.weights.WeightsFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folds and quantises the weights of compiled networks: safetensors and plan to {@code weights.bin}. */
public final class WeightsBuild {
    private WeightsBuild() {}

    /**
     * Makes {@code weights.bin} of a network in its classes directory, unless the one that is there was made from the
     * same graph and the same weights.
     *
     * @param network the network
     * @param sources folder of the build inputs, {@code src/main/octet}
     */
    public static Outcome build(BuiltNetwork network, Path sources) {
        Safetensors tensors = Safetensors.open(WeightsSource.find(network, sources));
        Plan plan = network.plan();
        String graphHash = GraphText.topologyHash(plan.fp32());
        if (isCurrent(network.weightsFile(), graphHash, tensors.sha256())) {
            return Outcome.UNCHANGED;
        }
        OutputFile.write(network.weightsFile(), quantise(plan, graphHash, tensors));
        return Outcome.WRITTEN;
    }

    /** The bytes of {@code weights.bin} for a plan and a safetensors file. */
    public static byte[] quantise(Plan plan, Path safetensors) {
        return quantise(plan, GraphText.topologyHash(plan.fp32()), Safetensors.open(safetensors));
    }

    private static byte[] quantise(Plan plan, String graphHash, Safetensors tensors) {
        var layers = WeightQuantizer.quantize(plan, WeightFolder.fold(plan.fp32(), tensors));
        return new WeightsFile(graphHash, tensors.sha256(), layers).write();
    }

    private static boolean isCurrent(Path file, String graphHash, String weightsHash) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            WeightsFile old = WeightsFile.read(BuiltNetwork.readAll(file, Integer.MAX_VALUE - 8), file.toString());
            return old.graphHash().equals(graphHash) && old.weightsHash().equals(weightsHash);
        } catch (OctetException damaged) {
            // An output of an earlier build: it is replaced, whatever is wrong with it.
            return false;
        }
    }
}
