package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.graph.Call.Affine;
import dev.octet.tools.onnx.graph.Call.Clip;
import dev.octet.tools.onnx.graph.Call.Erf;
import dev.octet.tools.onnx.graph.Call.HardSigmoid;
import dev.octet.tools.onnx.graph.Call.Product;
import dev.octet.tools.onnx.graph.Call.Unary;
import java.util.List;

/** Recognises functions that exporters take apart, and makes them one call again. */
final class Recognition {
    private static final double SIXTH = 1 / 6.0;
    private static final double ROOT = Math.sqrt(0.5);
    private static final double[] ZERO = {0};

    private final Network network;

    Recognition(Network network) {
        this.network = network;
    }

    /** Applies the rules until none does. */
    void run() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Value value : network.values()) {
                if (network.uses(value) > 0) {
                    changed |= scaleOfProduct(value)
                            || intoProduct(value)
                            || hardSigmoid(value)
                            || sigmoidTimesOperand(value)
                            || gelu(value);
                }
            }
        }
    }

    /** {@code (s * x) * y} is {@code s * (x * y)}, where x makes y. */
    private boolean scaleOfProduct(Value value) {
        if (value.as(Product.class).isEmpty()) {
            return false;
        }
        for (int i = 0; i < 2; i++) {
            Value scaled = value.operand(i);
            Value other = value.operand(1 - i);
            Affine affine = scaled.as(Affine.class).orElse(null);
            if (affine != null && isScale(affine) && network.isSingle(scaled) && isMadeOf(other, scaled.operand(0))) {
                Value product = value.beside(new Product(), value.shape(), scaled.operand(0), other);
                network.rewrite(value, affine, product);
                return true;
            }
        }
        return false;
    }

    private static boolean isScale(Affine affine) {
        return affine.isUniform() && affine.shift()[0] == 0;
    }

    /** Whether a value is some function of one other value alone, and that is {@code x}. */
    private static boolean isMadeOf(Value value, Value x) {
        Value at = value;
        for (int depth = 0; depth < 4; depth++) {
            if (at == x) {
                return true;
            } else if (at.operands().size() != 1) {
                return false;
            }
            at = at.operand(0);
        }
        return at == x;
    }

    /** {@code s * (x * y)} is {@code x * (s * y)}, where y is a clipped or a shifted function of x. */
    private boolean intoProduct(Value value) {
        Affine affine = value.as(Affine.class).filter(Recognition::isScale).orElse(null);
        if (affine == null || value.operand(0).as(Product.class).isEmpty() || !network.isSingle(value.operand(0))) {
            return false;
        }
        Value product = value.operand(0);
        for (int i = 0; i < 2; i++) {
            Value x = product.operand(1 - i);
            Value y = product.operand(i);
            boolean function = y.as(Clip.class).isPresent()
                    || y.as(Affine.class).isPresent()
                            && y.operand(0).as(Erf.class).isPresent();
            if (function && isMadeOf(y, x) && network.isSingle(y)) {
                Value scaled = value.beside(affine, y.shape(), y);
                network.rewrite(value, new Product(), x, scaled);
                return true;
            }
        }
        return false;
    }

    /** {@code clip(a * x + b, 0, h) / h}, and {@code clip(a * x + b, 0, 1)}. */
    private boolean hardSigmoid(Value value) {
        Affine scale = value.as(Affine.class).filter(Recognition::isScale).orElse(null);
        Value clipped = scale == null ? value : value.operand(0);
        Clip clip = clipped.as(Clip.class).orElse(null);
        double factor = scale == null ? 1 : scale.scale()[0];
        if (clip == null
                || clip.low() != 0
                || !Call.near(clip.high() * factor, 1)
                || scale != null && !network.isSingle(clipped)) {
            return false;
        }
        Value shifted = clipped.operand(0);
        Affine affine = shifted.as(Affine.class).filter(Affine::isUniform).orElse(new Affine(new double[] {1}, ZERO));
        Value x = shifted.as(Affine.class).filter(Affine::isUniform).isPresent() ? shifted.operand(0) : shifted;
        network.rewrite(value, new HardSigmoid(factor * affine.scale()[0], factor * affine.shift()[0]), x);
        return true;
    }

    /** {@code x * sigmoid(x)} is swish, {@code x * hardSigmoid(x)} is hard swish. */
    private boolean sigmoidTimesOperand(Value value) {
        if (value.as(Product.class).isEmpty()) {
            return false;
        }
        for (int i = 0; i < 2; i++) {
            Value x = value.operand(1 - i);
            Value y = value.operand(i);
            if (y.operands().equals(List.of(x))) {
                if (y.call() instanceof Unary unary && unary.function() == Function.SIGMOID) {
                    network.rewrite(value, new Unary(Function.SWISH, 0), x);
                    return true;
                } else if (isSixth(y)) {
                    network.rewrite(value, new Unary(Function.HARD_SWISH, 0), x);
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSixth(Value value) {
        return value.call() instanceof HardSigmoid sigmoid
                && Call.near(sigmoid.alpha(), SIXTH)
                && Call.near(sigmoid.beta(), 0.5);
    }

    /** {@code x * (0.5 * erf(x / sqrt(2)) + 0.5)}. */
    private boolean gelu(Value value) {
        if (value.as(Product.class).isEmpty()) {
            return false;
        }
        for (int i = 0; i < 2; i++) {
            Value x = value.operand(1 - i);
            Value half = merged(value.operand(i));
            if (half.call() instanceof Affine affine
                    && affine.is(0.5, 0.5)
                    && half.operand(0).call() instanceof Erf
                    && half.operand(0).operand(0).call() instanceof Affine root
                    && root.isFactor(ROOT)
                    && half.operand(0).operand(0).operand(0) == x) {
                network.rewrite(value, new Unary(Function.GELU, 0), x);
                return true;
            }
        }
        return false;
    }

    /** The value, where it is a scale of a shift of a value as one affine function of that. */
    private static Value merged(Value value) {
        if (value.call() instanceof Affine outer
                && outer.isUniform()
                && value.operand(0).call() instanceof Affine inner
                && inner.isUniform()) {
            double scale = outer.scale()[0];
            Affine both = new Affine(
                    new double[] {scale * inner.scale()[0]},
                    new double[] {scale * inner.shift()[0] + outer.shift()[0]});
            return value.beside(both, value.shape(), value.operand(0).operand(0));
        }
        return value;
    }
}
