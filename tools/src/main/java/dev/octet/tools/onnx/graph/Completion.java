package dev.octet.tools.onnx.graph;

import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.graph.Call.Affine;
import dev.octet.tools.onnx.graph.Call.Border;
import dev.octet.tools.onnx.graph.Call.Clip;
import dev.octet.tools.onnx.graph.Call.Conv;
import dev.octet.tools.onnx.graph.Call.Dense;
import dev.octet.tools.onnx.graph.Call.HardSigmoid;
import dev.octet.tools.onnx.graph.Call.Layer;
import dev.octet.tools.onnx.graph.Call.Pool;
import dev.octet.tools.onnx.graph.Call.Unary;
import dev.octet.tools.onnx.graph.Call.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes calls of the definition language of what {@link Recognition} has left, as far as there are such. */
final class Completion {
    private static final double SIXTH = 1 / 6.0;
    private static final int SIX = 6;

    private final Network network;

    Completion(Network network) {
        this.network = network;
    }

    /** Applies the rules until none does, then makes layers of the remaining factors and summands. */
    void run() {
        do {
            apply();
        } while (merge());
        for (Value value : network.values()) {
            value.as(Affine.class).ifPresent(affine -> value.call(Folds.norm(affine, value.channels())));
        }
    }

    /** Calls that are the same as another, which exporters repeat for each user. */
    private boolean merge() {
        Map<List<Object>, Value> first = new HashMap<>();
        boolean changed = false;
        for (Value value : network.values()) {
            boolean plain = value.call() instanceof Unary
                    || value.call() instanceof Pool
                    || value.call() instanceof Call.Slice
                    || value.call() instanceof Call.Subsample;
            if (plain && network.uses(value) > 0) {
                // Values are equal to themselves only.
                Value same = first.putIfAbsent(List.of(value.call(), value.operands()), value);
                if (same != null) {
                    network.replace(value, same);
                    changed = true;
                }
            }
        }
        return changed;
    }

    private void apply() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Value value : network.values()) {
                if (network.uses(value) > 0) {
                    changed |= one(value);
                }
            }
        }
    }

    private boolean one(Value value) {
        Call call = value.call();
        if (call instanceof Affine affine) {
            return affine(value, affine);
        } else if (call instanceof Clip clip) {
            return clip(value, clip);
        } else if (call instanceof HardSigmoid sigmoid) {
            hardSigmoid(value, sigmoid);
            return true;
        } else if (call instanceof Conv conv) {
            return border(value, conv) || vector(value, conv);
        } else if (call instanceof Pool pool) {
            return border(value, pool);
        } else if (call instanceof Unary unary) {
            return unary(value, unary);
        } else if (call instanceof Call.Gate || call instanceof Dense) {
            return beforeLast(value);
        }
        return false;
    }

    private boolean affine(Value value, Affine affine) {
        Value x = value.operand(0);
        if (affine.is(1, 0) && affine.scale()[0] == 1) {
            network.replace(value, x);
            return true;
        } else if (!network.isSingle(x)) {
            return false;
        }
        if (x.call() instanceof Affine inner) {
            network.rewrite(value, composed(affine, inner, value.channels()), x.operand(0));
            return true;
        } else if (x.call() instanceof Layer layer) {
            Optional<Layer> folded = Folds.behind(layer, affine);
            folded.ifPresent(both -> {
                value.hint(x.hint());
                network.rewrite(value, both, x.operand(0));
            });
            return folded.isPresent();
        }
        return false;
    }

    private static Affine composed(Affine outer, Affine inner, int channels) {
        int count = outer.isUniform() && inner.isUniform() ? 1 : channels;
        double[] scale = new double[count];
        double[] shift = new double[count];
        for (int c = 0; c < count; c++) {
            scale[c] = outer.scale(c) * inner.scale(c);
            shift[c] = outer.scale(c) * inner.shift(c) + outer.shift(c);
        }
        return new Affine(scale, shift);
    }

    /** Bounds of 0 and 6, also one after the other, or of 0 alone. */
    private boolean clip(Value value, Clip clip) {
        Value x = value.operand(0);
        boolean unbounded = clip.high() == Float.POSITIVE_INFINITY || clip.high() == Float.MAX_VALUE;
        boolean noLow = clip.low() == Float.NEGATIVE_INFINITY || clip.low() == -Float.MAX_VALUE;
        boolean positive = x.call() instanceof Unary unary && unary.function() == Function.RELU;
        boolean single = network.isSingle(x);
        if (unbounded && noLow) {
            network.replace(value, x);
        } else if (unbounded && clip.low() == 0) {
            network.rewrite(value, new Unary(Function.RELU, 0), x);
        } else if (positive && single && clip.low() <= 0 && clip.high() == SIX) {
            network.rewrite(value, new Unary(Function.RELU6, 0), x.operand(0));
        } else if (clip.low() == 0 && clip.high() == SIX) {
            network.rewrite(value, new Unary(Function.RELU6, 0), x);
        } else {
            return false;
        }
        return true;
    }

    /** Octet's has the slope 1/6; another is that of a multiple of the operand, which the layer before takes up. */
    private void hardSigmoid(Value value, HardSigmoid sigmoid) {
        Value x = value.operand(0);
        boolean own = Call.near(sigmoid.alpha(), SIXTH) && Call.near(sigmoid.beta(), 0.5);
        Value operand = own
                ? x
                : value.beside(
                        new Affine(
                                new double[] {sigmoid.alpha() / SIXTH}, new double[] {(sigmoid.beta() - 0.5) / SIXTH}),
                        x.shape(),
                        x);
        network.rewrite(value, new Unary(Function.HARD_SIGMOID, 0), operand);
    }

    /** A border of zeros before a convolution is its padding. */
    private boolean border(Value value, Conv conv) {
        Border border = value.operand(0).as(Border.class).orElse(null);
        if (border == null || border.number() != 0) {
            return false;
        }
        Value x = value.operand(0).operand(0);
        Optional<Kernel> kernel = padded(conv.kernel(), value.operand(0), border, x.shape());
        kernel.ifPresent(all -> network.rewrite(value, new Conv(all, conv.out(), conv.weight(), conv.bias()), x));
        return kernel.isPresent();
    }

    private static Optional<Kernel> padded(Kernel kernel, Value bordered, Border border, List<Integer> image) {
        List<Integer> own = Windows.padding(kernel, bordered.shape());
        List<Integer> all = new ArrayList<>();
        List<Integer> added = List.of(border.top(), border.left(), border.bottom(), border.right());
        for (int side = 0; side < 4; side++) {
            all.add(own.get(side) + added.get(side));
        }
        try {
            Kernel bare = new Kernel(
                    kernel.size(),
                    kernel.strides(),
                    kernel.dilations(),
                    List.of(0, 0, 0, 0),
                    kernel.groups(),
                    new Kernel.Options(
                            kernel.options().bias(),
                            false,
                            kernel.options().ceil(),
                            kernel.options().paddingCounts()));
            return Optional.of(Windows.padded(bare, image, all));
        } catch (DslException e) {
            return Optional.empty();
        }
    }

    /** A border that no maximum is taken of, or of zeros that a mean counts, is a pooling's padding. */
    private boolean border(Value value, Pool pool) {
        Border border = value.operand(0).as(Border.class).orElse(null);
        if (border == null) {
            return false;
        }
        Value x = value.operand(0).operand(0);
        boolean bare = Windows.padding(pool.kernel(), value.operand(0).shape()).stream()
                .allMatch(pad -> pad == 0);
        boolean never = border.number() == Float.NEGATIVE_INFINITY
                || border.number() <= -Float.MAX_VALUE
                || border.number() == 0 && isPositive(x);
        boolean fits = pool.max() ? never : border.number() == 0 && bare;
        Optional<Kernel> kernel = fits ? padded(pool.kernel(), value.operand(0), border, x.shape()) : Optional.empty();
        kernel.ifPresent(all -> network.rewrite(value, new Pool(pool.max(), all), x));
        return kernel.isPresent();
    }

    private static boolean isPositive(Value value) {
        return value.call() instanceof Unary unary
                        && switch (unary.function()) {
                            case RELU, RELU6, SIGMOID, HARD_SIGMOID, SOFTMAX -> true;
                            default -> false;
                        }
                || value.call() instanceof Pool pool && pool.max() && isPositive(value.operand(0));
    }

    /** A 1x1 convolution of a vector is a dense layer. */
    private boolean vector(Value value, Conv conv) {
        Value view = value.operand(0);
        boolean plain = conv.kernel().size().equals(List.of(1, 1))
                && conv.kernel().groups() == 1
                && Windows.padding(conv.kernel(), view.shape()).stream().allMatch(pad -> pad == 0);
        if (!(view.call() instanceof View) || !plain) {
            return false;
        }
        Constant weight = conv.weight().reshaped(List.of(conv.out(), view.channels()));
        Value dense = value.beside(new Dense(conv.out(), weight, conv.bias()), List.of(conv.out()), view.operand(0));
        network.rewrite(value, new View(), dense);
        return true;
    }

    /** Activations come before a change of notation; two such changes are none. */
    private boolean unary(Value value, Unary unary) {
        Value x = value.operand(0);
        if (!(x.call() instanceof View)) {
            return false;
        }
        if (unary.function() == Function.FLATTEN) {
            network.replace(value, x.operand(0));
            return true;
        } else if (unary.function().isActivation() || unary.function() == Function.SOFTMAX) {
            Value vector = x.operand(0);
            Value activated = value.beside(unary, vector.shape(), vector);
            network.rewrite(value, new View(), activated);
            return true;
        }
        return false;
    }

    /** Gates and operands of dense layers may be vectors or images of one pixel. */
    private boolean beforeLast(Value value) {
        int last = value.operands().size() - 1;
        Value x = value.operand(last);
        boolean flattened = x.call() instanceof Unary unary
                && unary.function() == Function.FLATTEN
                && x.operand(0).shape().equals(List.of(x.channels(), 1, 1));
        if (!(x.call() instanceof View) && !flattened) {
            return false;
        }
        Value plain = x.operand(0);
        if (last == 0) {
            network.rewrite(value, value.call(), plain);
        } else {
            network.rewrite(value, value.call(), value.operand(0), plain);
        }
        return true;
    }
}
