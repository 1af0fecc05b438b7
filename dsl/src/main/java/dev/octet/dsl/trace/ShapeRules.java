package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import java.util.Arrays;
import java.util.List;

/** Result shapes of the operators, and what their operands must be. */
final class ShapeRules {
    private ShapeRules() {}

    static List<Integer> conv2d(List<Integer> x, String name, int outChannels, Kernel kernel, List<Integer> strides) {
        checkCount("conv2d", outChannels);
        List<Integer> shape = window("conv2d", x, outChannels, kernel, strides);
        checkSize(
                name + ".weight",
                outChannels,
                x.get(0),
                kernel.size().get(0),
                kernel.size().get(1));
        return shape;
    }

    static List<Integer> maxPool(List<Integer> x, Kernel kernel, List<Integer> strides) {
        if (kernel.hasBias()) {
            throw new DslException(DslCode.POOL_BIAS);
        }
        return window("maxPool", x, x.get(0), kernel, strides);
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

    private static List<Integer> window(
            String operator, List<Integer> x, int channels, Kernel kernel, List<Integer> strides) {
        checkImage(operator, x);
        long rows = extent(operator, x, kernel, strides, 0);
        long columns = extent(operator, x, kernel, strides, 1);
        checkSize(operator, channels, rows, columns);
        return List.of(channels, (int) rows, (int) columns);
    }

    /** Number of windows along rows (axis 0) or columns (axis 1). */
    private static long extent(String operator, List<Integer> x, Kernel kernel, List<Integer> strides, int axis) {
        long padded = (long) x.get(axis + 1)
                + kernel.padding().get(axis)
                + kernel.padding().get(axis + 2);
        long room = padded - kernel.size().get(axis);
        if (room < 0) {
            throw new DslException(DslCode.WINDOW, operator, kernel.size(), kernel.padding(), x);
        }
        return room / strides.get(axis) + 1;
    }

    private static void checkImage(String operator, List<Integer> x) {
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
