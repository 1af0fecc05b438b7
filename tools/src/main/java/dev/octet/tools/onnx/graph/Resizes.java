package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import java.util.List;

/** {@code Resize} and {@code Upsample} by a whole factor, to the nearest pixel. */
final class Resizes {
    private static final int LARGEST = 1024;

    private Resizes() {}

    static Value upsample(Step step) {
        Value x = step.image(0);
        String mode = step.node().text("mode", "nearest");
        step.require(mode.equals("nearest"), "its mode is " + mode + "; Octet repeats the nearest pixel");
        return repeated(
                step, x, fromScales(step, x, step.has(1) ? step.floats(1).floats() : attribute(step)));
    }

    private static float[] attribute(Step step) {
        List<Float> scales = step.node().attributes().containsKey("scales")
                ? step.node().attributes().get("scales").decimals()
                : List.of();
        float[] values = new float[scales.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scales.get(i);
        }
        return values;
    }

    static Value resize(Step step) {
        Value x = step.image(0);
        String mode = step.node().text("mode", "nearest");
        step.require(mode.equals("nearest"), "its mode is " + mode + "; Octet repeats the nearest pixel");
        step.require(!step.node().attributes().containsKey("axes"), "it has axes");
        boolean first = step.opset() < 11;
        int scales = first ? 1 : 2;
        int factor = !first && step.has(3) && !hasElements(step, scales)
                ? fromSizes(step, x, step.integers(3))
                : fromScales(step, x, step.floats(scales).floats());
        requireNearest(step, x, factor, first);
        return repeated(step, x, factor);
    }

    private static boolean hasElements(Step step, int index) {
        Constant constant = step.has(index) ? step.constant(index) : null;
        return constant != null && constant.size() > 0;
    }

    private static int fromSizes(Step step, Value x, long[] sizes) {
        step.require(sizes.length == 4, "it has " + sizes.length + " sizes, not four");
        int factor = (int) Math.min(LARGEST + 1, sizes[2] / x.shape().get(1));
        step.require(
                sizes[0] == step.batch()
                        && sizes[1] == x.channels()
                        && sizes[2] == (long) factor * x.shape().get(1)
                        && sizes[3] == (long) factor * x.shape().get(2),
                "it does not enlarge height and width by one whole factor");
        return factor;
    }

    private static int fromScales(Step step, Value x, float[] scales) {
        step.require(scales.length == 4, "it has " + scales.length + " scales, not four");
        int factor = (int) scales[2];
        step.require(
                scales[0] == 1 && scales[1] == 1 && scales[2] == factor && scales[3] == factor,
                "it does not enlarge height and width by one whole factor");
        step.require(factor >= 1 && factor <= LARGEST, "its factor is not from 1 to " + LARGEST);
        return factor;
    }

    /** Which pixel is nearest, exporters say in many ways; all that matters is whether it is the one that Octet takes. */
    private static void requireNearest(Step step, Value x, int factor, boolean first) {
        String transform = step.node().text("coordinate_transformation_mode", first ? "asymmetric" : "half_pixel");
        String rounding = step.node().text("nearest_mode", first ? "floor" : "round_prefer_floor");
        for (int axis = 1; axis <= 2; axis++) {
            int extent = x.shape().get(axis);
            // Positions repeat from pixel to pixel; only at both ends are they held within the image.
            for (int i = 0; i < Math.min(3L, extent) * factor; i++) {
                double at = position(transform, i, factor, extent);
                long nearest = Math.max(0, Math.min(extent - 1L, rounded(rounding, at)));
                step.require(
                        nearest == i / factor,
                        "for " + transform + " and " + rounding + " it does not repeat each pixel " + factor
                                + " times");
            }
        }
    }

    private static double position(String transform, int i, int factor, int extent) {
        return switch (transform) {
            case "asymmetric" -> (double) i / factor;
            case "half_pixel", "half_pixel_symmetric" -> (i + 0.5) / factor - 0.5;
            case "pytorch_half_pixel" -> extent * factor > 1 ? (i + 0.5) / factor - 0.5 : 0;
            default -> throw new Refusal("its coordinate_transformation_mode is " + transform);
        };
    }

    private static long rounded(String mode, double at) {
        return switch (mode) {
            case "round_prefer_floor" -> (long) Math.ceil(at - 0.5);
            case "round_prefer_ceil" -> (long) Math.floor(at + 0.5);
            case "floor" -> (long) Math.floor(at);
            case "ceil" -> (long) Math.ceil(at);
            default -> throw new Refusal("its nearest_mode is " + mode);
        };
    }

    private static Value repeated(Step step, Value x, int factor) {
        step.require(factor >= 1 && factor <= LARGEST, "its factor is not from 1 to " + LARGEST);
        if (factor == 1) {
            return x;
        }
        List<Integer> shape = List.of(
                x.channels(),
                Math.multiplyExact(x.shape().get(1), factor),
                Math.multiplyExact(x.shape().get(2), factor));
        return step.result(new Call.Upsample(factor), shape, x);
    }
}
