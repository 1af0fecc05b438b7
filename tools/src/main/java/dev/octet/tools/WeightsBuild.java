package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import java.nio.file.Path;

/** Folds and quantises the weights of compiled networks: safetensors and plan to {@code weights.bin}. */
public final class WeightsBuild {
    private WeightsBuild() {}

    /**
     * Makes {@code weights.bin} of a network in its classes directory. It is made anew each time and compared by content:
     * hashes of what it was made from would not tell that another version of Octet made it.
     *
     * @param network the network
     * @param sources folder of the build inputs, {@code src/main/octet}
     */
    public static Outcome build(BuiltNetwork network, Path sources) {
        byte[] bytes = quantise(network.plan(), WeightsSource.find(network, sources));
        return OutputFile.write(network.weightsFile(), bytes) ? Outcome.WRITTEN : Outcome.UNCHANGED;
    }

    /** The bytes of {@code weights.bin} for a plan and a safetensors file. */
    public static byte[] quantise(Plan plan, Path safetensors) {
        return WeightsFile.of(plan, Safetensors.open(safetensors)).write();
    }
}
