package dev.octet.compiler.pass;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.Limits;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.Optional;

/**
 * Folds every batch normalisation into the layer before it.
 *
 * <pre>
 * %1 conv1 = conv2d(%0) weight=W bias=b
 * %2 bn1   = batchNorm(%1) n
 *     becomes
 * %2 bn1   = conv2d(%0) weight=scaled(W, n) bias=shifted(b, n) layer=conv1
 * </pre>
 *
 * The node keeps the layer's name, which finds its weights, and takes the normalisation's value name, which finds its
 * range. Constants stay symbolic: new weights need no new plan. A second normalisation folds into the result of the
 * first. One that cannot be folded is an error at its line, because no kernel computes it.
 */
public final class FoldBatchNorm implements Pass {
    @Override
    public Graph run(Graph graph) {
        Rewriting to = new Rewriting(graph);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.BatchNorm norm) {
                fold(to, node, norm.norm());
            } else {
                to.keep(node);
            }
        }
        return to.graph(graph.stage());
    }

    private static void fold(Rewriting to, Node node, Constant.Norm norm) {
        Node layer = to.maker(node.input());
        if (to.uses(node.input()) != 1) {
            throw refuse(node, layer.name() + " is used elsewhere too");
        }
        Op folded;
        if (layer.op() instanceof Op.Conv2d conv && conv.epilogue().equals(Epilogue.PLAIN)) {
            folded = new Op.Conv2d(
                    conv.layer(),
                    scaled(node, conv.weight(), norm),
                    shifted(conv.bias(), norm),
                    conv.window(),
                    conv.epilogue());
        } else if (layer.op() instanceof Op.Dense dense && dense.epilogue().equals(Epilogue.PLAIN)) {
            folded = new Op.Dense(
                    dense.layer(), scaled(node, dense.weight(), norm), shifted(dense.bias(), norm), dense.epilogue());
        } else {
            throw refuse(node, layer.name() + " is not the plain result of a layer");
        }
        to.remove(layer);
        to.add(node, folded, layer.inputs(), node.type());
    }

    private static CompileException refuse(Node node, String reason) {
        return new CompileException(CompilerCode.NORM_NOT_FOLDED, node.line(), node.name(), reason);
    }

    private static Constant scaled(Node node, Constant weight, Constant.Norm norm) {
        if (norms(weight) == Limits.NORMS) {
            throw refuse(node, "its layer has " + Limits.NORMS + " normalisations already");
        }
        return new Constant.ScaledRows(weight, norm);
    }

    private static int norms(Constant weight) {
        return weight instanceof Constant.ScaledRows scaled ? 1 + norms(scaled.weight()) : 0;
    }

    private static Optional<Constant> shifted(Optional<Constant> bias, Constant.Norm norm) {
        return Optional.of(new Constant.ShiftedBias(bias, norm));
    }
}
