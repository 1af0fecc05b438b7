package dev.octet.compiler.pass;

import dev.octet.dsl.trace.TracedOp;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;

/**
 * The graph's operator for a traced one.
 *
 * @param op operator
 * @param layer name of the layer whose tensors it reads, if it reads any
 */
record TracedOperator(Op op, Optional<String> layer) {
    /** Translates; throws {@link IllegalArgumentException} where the attributes are out of range. */
    static TracedOperator of(TracedOp traced, List<Shape> operands) {
        if (traced instanceof TracedOp.Input) {
            return plain(new Op.Input());
        }
        if (traced instanceof TracedOp.Conv2d conv) {
            return layer(conv.name(), conv2d(conv, operands.get(0)));
        }
        if (traced instanceof TracedOp.Dense dense) {
            return layer(dense.name(), dense(dense, operands.get(0)));
        }
        if (traced instanceof TracedOp.BatchNorm norm) {
            Constant.Norm of = new Constant.Norm(norm.name(), operands.get(0).channels(), norm.epsilon());
            return layer(norm.name(), new Op.BatchNorm(of));
        }
        if (traced instanceof TracedOp.Relu) {
            return plain(new Op.Activate(Activation.RELU));
        }
        if (traced instanceof TracedOp.Add) {
            return plain(new Op.Add(Activation.NONE));
        }
        if (traced instanceof TracedOp.MaxPool pool) {
            return plain(new Op.MaxPool(window(pool.kernel(), pool.stride(), pool.padding())));
        }
        if (traced instanceof TracedOp.GlobalAvgPool) {
            return plain(new Op.GlobalAvgPool());
        }
        if (traced instanceof TracedOp.Flatten) {
            return plain(new Op.Flatten());
        }
        if (traced instanceof TracedOp.Output) {
            return plain(new Op.Output());
        }
        throw new IllegalArgumentException("the compiler does not know " + traced);
    }

    private static TracedOperator plain(Op op) {
        return new TracedOperator(op, Optional.empty());
    }

    private static TracedOperator layer(String name, Op op) {
        return new TracedOperator(op, Optional.of(name));
    }

    private static Op conv2d(TracedOp.Conv2d conv, Shape operand) {
        Window window = window(conv.kernel(), conv.stride(), conv.padding());
        List<Integer> shape = List.of(conv.outChannels(), operand.channels(), window.kernelH(), window.kernelW());
        return new Op.Conv2d(
                conv.name(),
                weight(conv.name(), shape),
                bias(conv.name(), conv.bias(), conv.outChannels()),
                window,
                Epilogue.PLAIN);
    }

    private static Op dense(TracedOp.Dense dense, Shape operand) {
        return new Op.Dense(
                dense.name(),
                weight(dense.name(), List.of(dense.features(), operand.elements())),
                bias(dense.name(), dense.bias(), dense.features()),
                Epilogue.PLAIN);
    }

    private static Constant weight(String layer, List<Integer> shape) {
        return new Constant.Tensor(layer + ".weight", shape);
    }

    private static Optional<Constant> bias(String layer, boolean present, int channels) {
        return present ? Optional.of(new Constant.Tensor(layer + ".bias", List.of(channels))) : Optional.empty();
    }

    private static Window window(List<Integer> kernel, List<Integer> stride, List<Integer> padding) {
        return new Window(
                kernel.get(0),
                kernel.get(1),
                stride.get(0),
                stride.get(1),
                padding.get(0),
                padding.get(1),
                padding.get(2),
                padding.get(3));
    }
}
