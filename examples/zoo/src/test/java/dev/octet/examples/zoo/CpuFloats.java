package dev.octet.examples.zoo;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.examples.zoo.onnx.OnnxExport;
import dev.octet.plan.Plan;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import java.io.IOException;
import java.nio.file.Path;

/** A network's float graph on the CPU device, and as an ONNX model. */
final class CpuFloats {
    private final ZooBuild build;
    private final Path safetensors;

    /**
     * Compiles a network.
     *
     * @param folder where its resources go
     */
    CpuFloats(NetworkDefinition definition, Path safetensors, Path folder) throws IOException {
        this.build = new ZooBuild(folder, ZooCompilation.withoutKernels(definition));
        this.safetensors = safetensors;
    }

    Plan plan() {
        return build.plan();
    }

    Network open(int batch) throws IOException {
        Options options = Options.onDevice("cpu").precision(Precision.FP32).weights(safetensors);
        return Network.open(build.spec(), options.maxBatch(batch));
    }

    byte[] onnx() {
        return OnnxExport.of(plan(), WeightFolder.fold(plan().fp32(), Safetensors.open(safetensors)));
    }
}
