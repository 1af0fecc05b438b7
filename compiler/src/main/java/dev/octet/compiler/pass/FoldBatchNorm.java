package dev.octet.compiler.pass;

import dev.octet.compiler.Limits;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Window;
import java.util.List;
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
 * first. One that stands alone, as in networks that normalise before they activate, becomes a layer of its own, whose
 * weight of one per channel it scales:
 *
 * <pre>
 * %3 bn2 = batchNorm(%2) n
 *     becomes
 * %3 bn2 = conv2d(%2) weight=scaled(ones, n) bias=shifted(none, n) layer=bn2 groups=channels
 * </pre>
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
        Optional<Op> folded = to.uses(node.input()) == 1 ? folded(layer.op(), norm) : Optional.empty();
        if (folded.isPresent()) {
            to.remove(layer);
            to.add(node, folded.get(), layer.inputs(), node.type());
        } else {
            to.add(node, pointwise(norm), to.resolve(node.inputs()), node.type());
        }
    }

    private static Optional<Op> folded(Op layer, Constant.Norm norm) {
        if (layer instanceof Op.Conv2d conv && isOpen(conv.weight(), conv.epilogue())) {
            Constant weight = new Constant.ScaledRows(conv.weight(), norm);
            Optional<Constant> bias = shifted(conv.bias(), norm);
            return Optional.of(
                    new Op.Conv2d(conv.layer(), weight, bias, conv.window(), conv.groups(), conv.epilogue()));
        }
        if (layer instanceof Op.Dense dense && isOpen(dense.weight(), dense.epilogue())) {
            Constant weight = new Constant.ScaledRows(dense.weight(), norm);
            return Optional.of(new Op.Dense(dense.layer(), weight, shifted(dense.bias(), norm), dense.epilogue()));
        }
        return Optional.empty();
    }

    private static Op pointwise(Constant.Norm norm) {
        Constant ones = new Constant.Ones(List.of(norm.channels(), 1, 1, 1));
        return new Op.Conv2d(
                norm.layer(),
                new Constant.ScaledRows(ones, norm),
                shifted(Optional.empty(), norm),
                new Window(1, 1, 1, 1, 0, 0, 0, 0),
                norm.channels(),
                Epilogue.PLAIN);
    }

    /** Whether a layer takes up one more normalisation. */
    private static boolean isOpen(Constant weight, Epilogue epilogue) {
        return norms(weight) < Limits.NORMS && epilogue.equals(Epilogue.PLAIN);
    }

    private static int norms(Constant weight) {
        return weight instanceof Constant.ScaledRows scaled ? 1 + norms(scaled.weight()) : 0;
    }

    private static Optional<Constant> shifted(Optional<Constant> bias, Constant.Norm norm) {
        return Optional.of(new Constant.ShiftedBias(bias, norm));
    }
}
