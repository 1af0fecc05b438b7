package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the definitions read exactly what is in the files of trained weights. */
class RealWeightsTest {
    @ParameterizedTest
    @EnumSource
    void readsEveryTensorOfTheFileAndNoOther(RealNetwork network) {
        Safetensors file = Safetensors.open(network.weights());
        ZooCompilation compiled = ZooCompilation.withoutKernels(network.definition());
        Map<String, List<Integer>> read = new TreeMap<>();
        TracedWeights.of(compiled.trace()).forEach(weight -> read.put(weight.key(), weight.shape()));
        Map<String, List<Integer>> stored = new TreeMap<>();
        file.tensors().forEach((key, tensor) -> stored.put(key, tensor.shape()));

        assertThat(read).isEqualTo(stored);
        Plan plan = compiled.compilation().plan();
        assertThat(WeightFolder.fold(plan.fp32(), file)).isNotEmpty();
    }
}
