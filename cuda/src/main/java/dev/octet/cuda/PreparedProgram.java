package dev.octet.cuda;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A launch program in a session's memory.
 *
 * @param program the plan's program
 * @param memory where its values lie
 * @param steps launches in order
 */
record PreparedProgram(LaunchProgram program, ValueMemory memory, List<PreparedStep> steps) {

    /**
     * Prepares a program.
     *
     * @param segments finds the device addresses of weights and constants
     */
    static PreparedProgram of(
            CudaNetwork network,
            LaunchProgram program,
            ValueMemory memory,
            ToLongFunction<Argument> segments,
            long workspace) {
        List<PreparedStep> steps = program.steps().stream()
                .map(step -> {
                    List<Long> pointers = step.arguments().stream()
                            .map(argument -> address(network.plan(), memory, segments, argument))
                            .toList();
                    return new PreparedStep(
                            network.device(),
                            step,
                            PreparedStep.layer(network.plan(), step),
                            network.kernels().function(step),
                            step.region().outputs().stream()
                                    .map(value -> place(network.plan(), memory, value))
                                    .toList(),
                            new ArgumentStruct(pointers, scratch(step, workspace)),
                            workspace);
                })
                .toList();
        return new PreparedProgram(program, memory, steps);
    }

    private static long scratch(Step step, long workspace) {
        return step.workspace().bytesPerImage() == 0 ? 0 : workspace;
    }

    private static long address(Plan plan, ValueMemory memory, ToLongFunction<Argument> segments, Argument argument) {
        if (argument instanceof Argument.Value value) {
            return place(plan, memory, value.value()).address();
        }
        return segments.applyAsLong(argument);
    }

    private static ValueMemory.Place place(Plan plan, ValueMemory memory, int value) {
        ValueMemory.Place place = memory.places().get(value);
        if (place == null) {
            throw new OctetException(
                    CudaCode.INCONSISTENT, plan.network(), "the launch program has no buffer for %" + value);
        }
        return place;
    }

    /** Where the images of an input port go. */
    ValueMemory.Place input(Plan plan, String port) {
        return place(plan, memory, port(plan, Op.Input.class, port).id());
    }

    /** Where the results of an output port are: an output has no memory of its own, it names a value. */
    ValueMemory.Place output(Plan plan, String port) {
        return place(
                plan,
                memory,
                plan.int8().made(port(plan, Op.Output.class, port)).id());
    }

    private static Node port(Plan plan, Class<? extends Op> kind, String name) {
        return plan.int8().nodes(kind).stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new OctetException(CudaCode.INCONSISTENT, plan.network(), "the graph has no port " + name));
    }
}
