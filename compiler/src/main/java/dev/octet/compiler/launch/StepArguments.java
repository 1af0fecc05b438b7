package dev.octet.compiler.launch;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.PackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pointers of a launch in the order of kernel ABI 1: operands, result, weights, constants, each only if the
 * operator has them.
 */
final class StepArguments {
    private StepArguments() {}

    /**
     * The arguments of the kernel that computes some nodes one after the other, of which the first has the operands, weights and
     * constants, and the last the result; {@code add(x, x)} passes its operand twice.
     *
     * @param ops the nodes, mostly one
     * @param spec what the kernel computes
     */
    static List<Argument> of(List<Node> ops, KernelSpec spec, Optional<PackSpec> packing) {
        Node node = ops.get(0);
        List<Argument> arguments = new ArrayList<>();
        node.inputs().forEach(input -> arguments.add(new Argument.Value(input)));
        arguments.add(new Argument.Value(ops.get(ops.size() - 1).id()));
        packing.ifPresent(pack -> arguments.add(new Argument.Weights(node.id(), pack)));
        if (hasConstants(node, spec)) {
            arguments.add(new Argument.Constants(node.id()));
        }
        return List.copyOf(arguments);
    }

    /** Whether numbers change, and not only their places. */
    private static boolean hasConstants(Node node, KernelSpec spec) {
        if (spec instanceof KernelSpec.OfFloats) {
            return spec instanceof FloatKernel.Pixels || spec instanceof FloatKernel kernel && kernel.hasIntegers();
        }
        return !node.op().keepsScale() && !(node.op() instanceof Op.Concat);
    }
}
