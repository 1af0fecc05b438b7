package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Result shapes of the operators, and what their operands must be. */
final class ShapeRules {
    private ShapeRules() {}

    /** Most values that concat joins with another. */
    private static final int MOST_JOINED = 1000;

    /** Largest factor of a stride or an upsampling, far above any network. */
    private static final int MOST_FACTOR = 1024;

    static List<Integer> conv2d(List<Integer> x, String name, int outChannels, int groups, WindowRule window) {
        checkCount("conv2d", outChannels);
        if (x.get(0) % groups != 0 || outChannels % groups != 0) {
            throw new DslException(DslCode.GROUPS, groups, outChannels, x.get(0));
        }
        List<Integer> shape = window.shape(outChannels);
        List<Integer> size = window.size();
        checkSize(name + ".weight", outChannels, x.get(0) / groups, size.get(0), size.get(1));
        return shape;
    }

    static List<Integer> gate(List<Integer> x, List<Integer> gates) {
        checkImage("gate", x);
        boolean vector = gates.size() == 1 || gates.get(1) == 1 && gates.get(2) == 1;
        if (!vector || !gates.get(0).equals(x.get(0))) {
            throw new DslException(DslCode.GATE_SHAPE, x, gates);
        }
        return x;
    }

    static Tensor[] checkJoined(Tensor... others) {
        if (others == null || others.length < 1 || others.length > MOST_JOINED) {
            throw new DslException(DslCode.CONCAT_OPERANDS, others == null ? 0 : others.length, MOST_JOINED);
        }
        return others;
    }

    static List<Integer> concat(List<List<Integer>> operands) {
        List<Integer> first = operands.get(0);
        long channels = 0;
        for (List<Integer> operand : operands) {
            if (operand.size() != first.size()
                    || !operand.subList(1, operand.size()).equals(first.subList(1, first.size()))) {
                throw new DslException(DslCode.CONCAT_SHAPES, operands);
            }
            channels += operand.get(0);
        }
        return withChannels("concat", first, channels);
    }

    static List<Integer> sliceChannels(List<Integer> x, int first, int count) {
        if (first < 0 || count < 1 || first > x.get(0) - count) {
            throw new DslException(DslCode.CHANNELS, "sliceChannels", first, count, x);
        }
        return withChannels("sliceChannels", x, count);
    }

    static List<Integer> padChannels(List<Integer> x, int before, int after) {
        if (before < 0 || after < 0 || (long) before + after < 1) {
            throw new DslException(DslCode.CHANNELS, "padChannels", before, after, x);
        }
        return withChannels("padChannels", x, (long) x.get(0) + before + after);
    }

    static List<Integer> upsample(List<Integer> x, int factor) {
        checkImage("upsample", x);
        checkFactor("upsample", factor);
        checkSize("upsample", x.get(0), (long) x.get(1) * factor, (long) x.get(2) * factor);
        return List.of(x.get(0), x.get(1) * factor, x.get(2) * factor);
    }

    static void checkFactor(String operator, int factor) {
        if (factor < 1 || factor > MOST_FACTOR) {
            throw new DslException(DslCode.FACTOR, operator, MOST_FACTOR, factor);
        }
    }

    private static List<Integer> withChannels(String operator, List<Integer> x, long channels) {
        long pixels = x.size() == 1 ? 1 : (long) x.get(1) * x.get(2);
        checkSize(operator, channels, pixels);
        List<Integer> shape = new ArrayList<>(x);
        shape.set(0, (int) channels);
        return List.copyOf(shape);
    }

    static List<Integer> globalAvgPool(List<Integer> x) {
        checkImage("globalAvgPool", x);
        return List.of(x.get(0), 1, 1);
    }

    static List<Integer> flatten(List<Integer> x) {
        return List.of(x.stream().reduce(1, Math::multiplyExact));
    }

    static List<Integer> dense(List<Integer> x, String name, int features) {
        checkCount("dense", features);
        if (x.size() == 3 && (x.get(1) != 1 || x.get(2) != 1)) {
            throw new DslException(DslCode.DENSE_SHAPE, x);
        }
        checkSize(name + ".weight", features, x.get(0));
        return List.of(features);
    }

    static List<Integer> add(List<Integer> x, List<Integer> y) {
        if (!x.equals(y)) {
            throw new DslException(DslCode.ADD_SHAPES, x, y);
        }
        return x;
    }

    /** Refuses shapes of more elements than an int can count; the product is never formed beyond that. */
    static void checkSize(String name, long... extents) {
        long elements = 1;
        for (long extent : extents) {
            elements *= extent;
            if (elements > Integer.MAX_VALUE) {
                throw new DslException(DslCode.TOO_LARGE, name, Arrays.toString(extents));
            }
        }
    }

    static void checkImage(String operator, List<Integer> x) {
        if (x.size() != 3) {
            throw new DslException(DslCode.RANK, operator, x);
        }
    }

    private static void checkCount(String operator, int count) {
        if (count < 1) {
            throw new DslException(DslCode.COUNT, operator, count);
        }
    }
}
