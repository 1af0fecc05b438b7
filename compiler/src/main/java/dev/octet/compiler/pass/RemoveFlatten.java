package dev.octet.compiler.pass;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;

/**
 * Lets users of a flattened value read the value itself, so that no kernel has to move data.
 *
 * <pre>
 * %1 pool : f32[64,7,7]  = maxPool(%0)
 * %2 flat : f32[3136]    = flatten(%1)
 * %3 fc   : f32[10]      = dense(%2)
 *     becomes
 * %1 pool : f32[64,7,7]  = maxPool(%0)
 * %3 fc   : f32[10]      = dense(%1)
 * </pre>
 *
 * A dense layer reads its operand in logical (channel, row, column) order, which is what flatten means; an output
 * writes that order and keeps its own shape; activations and additions work element by element and take their
 * operands' shape. Only an addition of a flattened value to a vector that was never spatial cannot be kept.
 */
public final class RemoveFlatten implements Pass {
    @Override
    public Graph run(Graph graph) {
        Rewriting to = new Rewriting(graph);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Flatten) {
                to.alias(node.id(), to.maker(node.input()).id());
            } else if (node.op() instanceof Op.Activate || node.op() instanceof Op.Softmax) {
                takeShape(to, node, to.maker(node.input()).type().shape());
            } else if (node.op() instanceof Op.Add) {
                takeShape(to, node, commonShape(to, node));
            } else {
                to.keep(node);
            }
        }
        return to.graph(Stage.FOLDED);
    }

    private static void takeShape(Rewriting to, Node node, Shape shape) {
        to.add(node, node.op(), to.resolve(node.inputs()), TensorType.f32(shape));
    }

    private static Shape commonShape(Rewriting to, Node add) {
        Shape x = to.operands(add).get(0).type().shape();
        Shape y = to.operands(add).get(1).type().shape();
        if (!sameExtents(x, y)) {
            Shape spatial = x.rank() == 3 ? x : y;
            throw new CompileException(
                    CompilerCode.FLATTEN_NOT_REMOVED, add.line(), add.name(), spatial, spatial == x ? y : x);
        }
        return x;
    }

    private static boolean sameExtents(Shape x, Shape y) {
        return x.channels() == y.channels() && x.height() == y.height() && x.width() == y.width();
    }
}
