package dev.octet.compiler.pass;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import java.util.Optional;

/**
 * Applies an activation where its operand is made.
 *
 * <pre>
 * %1 bn1  = conv2d(%0)
 * %2 relu = relu(%1)
 *     becomes
 * %2 relu = conv2d(%0) activation=relu
 * </pre>
 *
 * The operand is a convolution, a dense layer or an addition without other uses, and the activation one that only
 * limits. The joined node takes the activation's value name. A second, equal activation changes nothing and joins too.
 */
public final class FuseActivation implements Pass {
    @Override
    public Graph run(Graph graph) {
        Rewriting to = new Rewriting(graph);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Activate activate) {
                fuse(to, node, activate.activation());
            } else {
                to.keep(node);
            }
        }
        return to.graph(Stage.FUSED);
    }

    private static void fuse(Rewriting to, Node node, Activation activation) {
        Node maker = to.maker(node.input());
        Optional<Op> joined = to.uses(maker.id()) == 1 ? withActivation(maker.op(), activation) : Optional.empty();
        if (joined.isEmpty()) {
            to.keep(node);
            return;
        }
        to.remove(maker);
        to.add(node, joined.get(), maker.inputs(), node.type());
    }

    private static Optional<Op> withActivation(Op op, Activation activation) {
        if (op instanceof Op.Conv2d conv) {
            return join(conv.epilogue(), activation).map(conv::with);
        }
        if (op instanceof Op.Dense dense) {
            return join(dense.epilogue(), activation).map(dense::with);
        }
        if (op instanceof Op.Add add && accepts(add.activation(), activation)) {
            return Optional.of(new Op.Add(activation));
        }
        return Optional.empty();
    }

    private static Optional<Epilogue> join(Epilogue epilogue, Activation activation) {
        return accepts(epilogue.activation(), activation)
                ? Optional.of(new Epilogue(epilogue.residual(), activation))
                : Optional.empty();
    }

    private static boolean accepts(Activation present, Activation next) {
        return next.isLimit() && (present.equals(Activation.NONE) || present.equals(next));
    }
}
