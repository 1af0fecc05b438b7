package dev.octet.compiler.pass;

import dev.octet.dsl.trace.TracedOp;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The graph's operator for a traced one.
 *
 * @param op operator
 * @param layer name of the layer whose tensors it reads, if it reads any
 */
record TracedOperator(Op op, Optional<String> layer) {
    private static final Map<Class<? extends TracedOp>, Op> WITHOUT_ATTRIBUTES = Map.of(
            TracedOp.Input.class, new Op.Input(),
            TracedOp.Add.class, new Op.Add(Activation.NONE),
            TracedOp.Gate.class, new Op.Gate(),
            TracedOp.Flatten.class, new Op.Flatten(),
            TracedOp.Softmax.class, new Op.Softmax(),
            TracedOp.Output.class, new Op.Output());

    /** Translates; throws {@link IllegalArgumentException} where the attributes are out of range. */
    static TracedOperator of(TracedOp traced, List<Shape> operands) {
        return layer(traced, operands)
                .or(() -> pooling(traced).or(() -> other(traced, operands)).map(TracedOperator::plain))
                .orElseThrow(() -> new IllegalArgumentException("the compiler does not know " + traced));
    }

    /** Operators with weights. */
    private static Optional<TracedOperator> layer(TracedOp traced, List<Shape> operands) {
        if (traced instanceof TracedOp.Conv2d conv) {
            return Optional.of(layer(conv.name(), conv2d(conv, operands.get(0))));
        }
        if (traced instanceof TracedOp.Dense dense) {
            return Optional.of(layer(dense.name(), dense(dense, operands.get(0))));
        }
        if (traced instanceof TracedOp.BatchNorm norm) {
            Constant.Norm of = new Constant.Norm(norm.name(), operands.get(0).channels(), norm.epsilon());
            return Optional.of(layer(norm.name(), new Op.BatchNorm(of)));
        }
        return Optional.empty();
    }

    private static Optional<Op> pooling(TracedOp traced) {
        if (traced instanceof TracedOp.MaxPool pool) {
            return Optional.of(new Op.MaxPool(window(pool.kernel(), pool.stride(), pool.padding())));
        }
        if (traced instanceof TracedOp.AvgPool pool) {
            Window window = window(pool.kernel(), pool.stride(), pool.padding());
            return Optional.of(new Op.AvgPool(window, border(pool.counted())));
        }
        return traced instanceof TracedOp.GlobalAvgPool ? Optional.of(new Op.GlobalAvgPool()) : Optional.empty();
    }

    private static Optional<Op> other(TracedOp traced, List<Shape> operands) {
        if (traced instanceof TracedOp.Activation activation) {
            Activation.Kind kind = Activation.Kind.valueOf(activation.function().name());
            return Optional.of(new Op.Activate(new Activation(kind, activation.alpha())));
        }
        if (traced instanceof TracedOp.Concat) {
            return Optional.of(new Op.Concat(operands.size()));
        }
        if (traced instanceof TracedOp.SliceChannels slice) {
            return Optional.of(new Op.SliceChannels(slice.first(), slice.count()));
        }
        if (traced instanceof TracedOp.PadChannels pad) {
            return Optional.of(new Op.PadChannels(pad.before(), pad.after()));
        }
        if (traced instanceof TracedOp.Upsample upsample) {
            return Optional.of(new Op.Upsample(upsample.factor(), upsample.factor()));
        }
        if (traced instanceof TracedOp.Extension extension) {
            return Optional.of(new Op.Extension(extension.operator(), extension.attributes(), operands.size()));
        }
        return Optional.ofNullable(WITHOUT_ATTRIBUTES.get(traced.getClass()));
    }

    private static TracedOperator plain(Op op) {
        return new TracedOperator(op, Optional.empty());
    }

    private static TracedOperator layer(String name, Op op) {
        return new TracedOperator(op, Optional.of(name));
    }

    private static Op conv2d(TracedOp.Conv2d conv, Shape operand) {
        List<Integer> dilation = conv.dilation();
        Window window = new Window(
                conv.kernel().get(0),
                conv.kernel().get(1),
                conv.stride().get(0),
                conv.stride().get(1),
                dilation.get(0),
                dilation.get(1),
                border(conv.padding()));
        int in = operand.channels() / conv.groups();
        List<Integer> shape = List.of(conv.outChannels(), in, window.kernelH(), window.kernelW());
        return new Op.Conv2d(
                conv.name(),
                weight(conv.name(), shape),
                bias(conv.name(), conv.bias(), conv.outChannels()),
                window,
                conv.groups(),
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
        return new Window(kernel.get(0), kernel.get(1), stride.get(0), stride.get(1), 1, 1, border(padding));
    }

    private static Border border(List<Integer> sides) {
        return new Border(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    }
}
