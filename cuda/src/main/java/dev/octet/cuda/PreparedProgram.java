package dev.octet.cuda;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.util.List;

/**
 * A launch program in a session's memory.
 *
 * @param program the plan's program
 * @param layout where values lie in the arena
 * @param arena address of the arena
 * @param steps launches in order
 */
record PreparedProgram(LaunchProgram program, ArenaLayout layout, long arena, List<PreparedStep> steps) {

    static PreparedProgram of(
            CudaNetwork network, LaunchProgram program, ArenaLayout layout, long arena, long workspace) {
        List<PreparedStep> steps = program.steps().stream()
                .map(step -> {
                    List<Long> pointers = step.arguments().stream()
                            .map(argument -> address(network, layout, arena, argument))
                            .toList();
                    return new PreparedStep(
                            network.device(),
                            step,
                            PreparedStep.layer(network.plan(), step),
                            network.kernels().function(step),
                            new ArgumentStruct(pointers, scratch(step, workspace)),
                            workspace);
                })
                .toList();
        return new PreparedProgram(program, layout, arena, steps);
    }

    private static long scratch(Step step, long workspace) {
        return step.workspace().bytesPerImage() == 0 ? 0 : workspace;
    }

    private static long address(CudaNetwork network, ArenaLayout layout, long arena, Argument argument) {
        if (argument instanceof Argument.Value value) {
            return arena + place(network.plan(), layout, value.value()).offset();
        }
        return network.segments().address(argument);
    }

    private static ArenaLayout.Place place(Plan plan, ArenaLayout layout, int value) {
        ArenaLayout.Place place = layout.places().get(value);
        if (place == null) {
            throw new OctetException(
                    CudaCode.INCONSISTENT, plan.network(), "the launch program has no buffer for %" + value);
        }
        return place;
    }

    /** Where the images of an input port go. */
    ArenaLayout.Place input(Plan plan, String port) {
        return place(plan, layout, port(plan, Op.Input.class, port).id());
    }

    /** Where the results of an output port are: an output has no memory of its own, it names its operand. */
    ArenaLayout.Place output(Plan plan, String port) {
        return place(plan, layout, port(plan, Op.Output.class, port).input());
    }

    private static Node port(Plan plan, Class<? extends Op> kind, String name) {
        return plan.int8().nodes(kind).stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new OctetException(CudaCode.INCONSISTENT, plan.network(), "the graph has no port " + name));
    }
}
