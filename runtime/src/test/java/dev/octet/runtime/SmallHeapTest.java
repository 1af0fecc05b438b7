package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.runtime.SmallHeap.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks for which a heap of 64 MiB is too small, in processes of their own. */
class SmallHeapTest {
    @TempDir
    Path folder;

    private void write(Plan plan) {
        SampleNetwork sample = new SampleNetwork(plan, folder).writePlan();
        Path weights = TensorFile.write(plan.fp32(), 3, folder.resolve("some.safetensors"));
        Map<String, Float> ranges = new TreeMap<>();
        plan.fp32().nodes().forEach(node -> ranges.put(node.name(), 4f));
        sample.writeWeights(weights)
                .writeTable(new CalibrationTable(
                        plan.network(),
                        GraphText.topologyHash(plan.fp32()),
                        Safetensors.open(weights).sha256(),
                        "naive",
                        1,
                        new TreeMap<>(ranges)));
    }

    private List<String> lines(String device, Task task, int... batches) {
        return SmallHeap.lines(folder, device, task, batches).lines().toList();
    }

    /** 20 million weights: less than the heap as bytes, more as the floats that the CPU multiplies with. */
    @Test
    void weightsThatDoNotFitAreRefusedAndTheProcessGoesOn() {
        write(SmallHeap.wide(5000));
        assertThat(lines("cpu", Task.RUN, 1))
                .singleElement()
                .asString()
                .contains("[OCTET-RUN-025] ", "102400000 bytes");
        assertThat(lines("best", Task.RUN, 1, 1)).hasSize(2).allMatch(line -> line.startsWith("[OCTET-RUN-025] "));
    }

    /** A batch beyond the heap, one that is foreseen to fit and does not, and one that fits. */
    @Test
    void sessionsThatDoNotFitAreRefusedAndTheProcessGoesOn() {
        write(SampleNetwork.compile(
                new SmallDefinition(),
                1 << 16,
                SampleNetwork.image(3, 12, 11),
                SmallDefinition.plan(1).outputs().get(0)));
        List<String> lines = lines("cpu", Task.RUN, 1 << 16, 15_000, 1);
        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2)).allMatch(line -> line.startsWith("[OCTET-RUN-021] "));
        assertThat(lines.get(2)).isEqualTo("done");
        assertThat(lines("cpu", Task.SESSION, 1 << 16, 1))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("[OCTET-RUN-026] "),
                        line -> assertThat(line).isEqualTo("done"));
    }
}
