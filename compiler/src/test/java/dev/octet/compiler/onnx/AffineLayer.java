package dev.octet.compiler.onnx;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.Arrays;

/**
 * Convolutions and dense layers with zero points, as ones of the oracle, which has none:
 *
 * <ul>
 *   <li>{@code sum (x - zx) * w} is {@code sum x * w + sum zx * -w}: the zero point is an image of further channels, which
 *       zero padding surrounds as it surrounds x;
 *   <li>{@code w - zw} is in [-255, 255]: three channels with the same values have weights in [-127, 127] that sum up to
 *       it;
 *   <li>{@code round(v) + zy} with a saturation at any two limits: ReLU gives the positive and, with the opposite weights,
 *       the negative part of {@code round(v)} in [-255, 255], further than the zero point of a result lets it reach.
 * </ul>
 *
 * <p>So the sum, its multiplier and its rounding are the oracle's; only the parts of a rounded result and its zero point
 * are added here.
 */
final class AffineLayer {
    private static final int PARTS = 3;
    private static final int LIMIT = 127;

    private final Affine x;
    private final Shape in;
    private final int groups;

    /** A layer of one image, in (channel, row, column) order. */
    AffineLayer(Affine x, Shape in, int groups) {
        this.x = x;
        this.in = in;
        this.groups = groups;
    }

    /**
     * Weights of a layer, less their zero points.
     *
     * @param out output channels
     * @param in input channels of a group
     * @param taps taps of a window
     * @param values {@code [out][in][tap]}, each in [-255, 255]
     * @param scale per output channel
     */
    record Weights(int out, int in, int taps, int[] values, float[] scale) {}

    /** Scale and zero point of a result, and the limits of its type. */
    record Result(float scale, int zeroPoint, int min, int max) {}

    /** The convolution's exact sums; they are floats in the oracle, which hold integers below 2^24. */
    int[] sums(String operator, Weights weights, Shape out) {
        float[] ones = new float[weights.out()];
        Arrays.fill(ones, 1);
        Weights unscaled = new Weights(weights.out(), weights.in(), weights.taps(), weights.values(), ones);
        float[] sums = operator(unscaled, false, 1).floats(operator + OneOperator.epilogue(ElementType.F32), out);
        int[] exact = new int[sums.length];
        for (int i = 0; i < sums.length; i++) {
            if (Math.abs(sums[i]) >= 1 << 24) {
                throw new IllegalArgumentException("a sum that a float does not hold: " + sums[i]);
            }
            exact[i] = (int) sums[i];
        }
        return exact;
    }

    /** The rounded result. */
    int[] rounded(String operator, Weights weights, Shape out, float inScale, Result result) {
        Shape both = Shape.of(2 * out.channels(), out.height(), out.width());
        int[] parts = operator(weights, true, inScale)
                .bytes(operator + OneOperator.epilogue(ElementType.U8), ElementType.U8, both, result.scale());
        int[] values = new int[out.elements()];
        int pixels = out.pixels();
        for (int i = 0; i < values.length; i++) {
            int positive = i / pixels * 2 * pixels + i % pixels;
            int value = parts[positive] - parts[positive + pixels] + result.zeroPoint();
            values[i] = Math.min(Math.max(value, result.min()), result.max());
        }
        return values;
    }

    private OneOperator operator(Weights weights, boolean bothSigns, double scale) {
        return new OneOperator()
                .operand(ElementType.U8, scale, operand())
                .weights(bothSigns ? layer(weights, 1, -1) : layer(weights, 1));
    }

    /** For each group its channels three times, then as many of the zero point. */
    private ByteTensor operand() {
        int pixels = in.pixels();
        int ofGroup = in.elements() / groups;
        int[] values = new int[2 * PARTS * in.elements()];
        for (int group = 0; group < groups; group++) {
            int at = group * 2 * PARTS * ofGroup;
            for (int part = 0; part < PARTS; part++) {
                System.arraycopy(x.values(), group * ofGroup, values, at + part * ofGroup, ofGroup);
            }
            Arrays.fill(values, at + PARTS * ofGroup, at + 2 * PARTS * ofGroup, x.zeroPoint());
        }
        return new ByteTensor(Shape.of(values.length / pixels, in.height(), in.width()), values);
    }

    /** Weights for {@link #operand}, of each output channel with each of the signs. */
    private static QuantizedLayer layer(Weights w, int... signs) {
        int out = w.out() * signs.length;
        int in = 2 * PARTS * w.in();
        byte[] weights = new byte[out * w.taps() * in];
        float[] scale = new float[out];
        for (int c = 0; c < out; c++) {
            int sign = signs[c % signs.length];
            scale[c] = w.scale()[c / signs.length];
            for (int tap = 0; tap < w.taps(); tap++) {
                for (int i = 0; i < in; i++) {
                    int channel = i % w.in();
                    int weight = w.values()[(c / signs.length * w.in() + channel) * w.taps() + tap];
                    int part = i / w.in();
                    int signed = part < PARTS ? sign * weight : -sign * weight;
                    weights[(c * w.taps() + tap) * in + i] = part(signed, part % PARTS);
                }
            }
        }
        return new QuantizedLayer("layer", out, w.taps(), in, weights, scale, new float[out]);
    }

    /** One of three numbers in [-127, 127] that sum up to one in [-255, 255]. */
    private static byte part(int value, int part) {
        int rest = value;
        int taken = 0;
        for (int i = 0; i <= part; i++) {
            taken = Math.min(Math.max(rest, -LIMIT), LIMIT);
            rest -= taken;
        }
        return (byte) taken;
    }
}
