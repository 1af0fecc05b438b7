package dev.octet.compiler.pass;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Adds a residual in the epilogue of the layer that makes the other operand.
 *
 * <pre>
 * %4 bn2  = conv2d(%3)
 * %5 down = conv2d(%0)
 * %6 add  = add(%4, %5)
 *     becomes
 * %4 bn2  = conv2d(%3)
 * %6 add  = conv2d(%0, %4) residual=true
 * </pre>
 *
 * The layer's result is then never rounded before the sum. It must have no activation and no other use; where both
 * operands qualify, the later one takes the other. The layer moves to the addition's place and takes its value name.
 */
public final class FuseResidual implements Pass {
    @Override
    public Graph run(Graph graph) {
        Rewriting to = new Rewriting(graph);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Add) {
                fuse(to, node);
            } else {
                to.keep(node);
            }
        }
        return to.graph(Stage.FUSED);
    }

    private static void fuse(Rewriting to, Node add) {
        List<Node> operands = to.operands(add);
        Optional<Node> layer = operands.stream()
                .filter(operand ->
                        to.uses(operand.id()) == 1 && withResidual(operand.op()).isPresent())
                .reduce((x, y) -> to.isBefore(x, y) ? y : x);
        if (layer.isEmpty()) {
            to.keep(add);
            return;
        }
        Node chosen = layer.get();
        Node residual = operands.get(0).equals(chosen) ? operands.get(1) : operands.get(0);
        to.remove(chosen);
        to.add(add, withResidual(chosen.op()).orElseThrow(), List.of(chosen.input(), residual.id()), chosen.type());
    }

    private static Optional<Op> withResidual(Op op) {
        Epilogue residual = new Epilogue(true, Activation.NONE);
        if (op instanceof Op.Conv2d conv && conv.epilogue().equals(Epilogue.PLAIN)) {
            return Optional.of(conv.with(residual));
        }
        if (op instanceof Op.Dense dense && dense.epilogue().equals(Epilogue.PLAIN)) {
            return Optional.of(dense.with(residual));
        }
        return Optional.empty();
    }
}
