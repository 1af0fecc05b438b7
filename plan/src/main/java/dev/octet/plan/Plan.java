package dev.octet.plan;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.launch.LaunchProgram;
import java.util.List;
import java.util.Objects;

/**
 * Everything about a network but its weights and ranges. The CPU device runs {@code int8} or {@code fp32} directly; a
 * GPU runs the launch program of its target.
 *
 * @param network binary name of the definition class
 * @param maxBatch largest number of images in one run
 * @param inputs input ports in the annotation's order
 * @param outputs output ports in the annotation's order
 * @param fp32 the float graph, batch normalisations folded
 * @param int8 the quantised graph, laid out
 * @param programs launch programs, one per target and batch range
 */
public record Plan(
        String network,
        int maxBatch,
        List<Port> inputs,
        List<Port> outputs,
        Graph fp32,
        Graph int8,
        List<LaunchProgram> programs) {
    /** Version of the plan's contract: readers refuse another major version by name. */
    public static final Version VERSION = new Version(1, 0);

    public Plan {
        Objects.requireNonNull(network);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        programs = List.copyOf(programs);
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch is positive: " + maxBatch);
        }
        if (fp32.stage() != Stage.FOLDED || int8.stage() != Stage.LAID_OUT) {
            throw new IllegalArgumentException("wrong stages: " + fp32.stage() + ", " + int8.stage());
        }
    }
}
