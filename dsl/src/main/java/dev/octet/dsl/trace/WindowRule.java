package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import java.util.List;

/**
 * A kernel on an image: strides and padding are numbers here, whatever the kernel left to the operator.
 *
 * @param size rows, columns of the window
 * @param strides rows, columns between windows
 * @param dilations rows, columns between taps
 * @param padding top, left, bottom, right, so that all windows lie within the padded image
 * @param declaredPadding what of it does not come from rounding the result's extents up
 * @param rows rows of the result
 * @param columns columns of the result
 */
record WindowRule(
        List<Integer> size,
        List<Integer> strides,
        List<Integer> dilations,
        List<Integer> padding,
        List<Integer> declaredPadding,
        int rows,
        int columns) {
    /** The window of a convolution of an image. */
    static WindowRule ofConvolution(Kernel kernel, List<Integer> image) {
        refuse(
                "conv2d",
                "rounding up of its extents",
                "ceil()",
                kernel.options().ceil());
        refuse(
                "conv2d",
                "choice of what padding counts",
                "uncountedPadding()",
                !kernel.options().paddingCounts());
        return of("conv2d", kernel, kernel.strides().isEmpty() ? List.of(1, 1) : kernel.strides(), image);
    }

    /** The window of a pooling of an image. */
    static WindowRule ofPooling(String operator, Kernel kernel, List<Integer> image) {
        refuse(operator, "weights and no bias", "bias()", kernel.hasBias());
        refuse(operator, "groups", "groups()", kernel.groups() != 1);
        refuse(operator, "dilation", "dilation()", !kernel.dilations().equals(List.of(1, 1)));
        boolean mean = operator.equals("avgPool");
        refuse(
                operator,
                "choice of what padding counts",
                "uncountedPadding()",
                !mean && !kernel.options().paddingCounts());
        return of(operator, kernel, kernel.strides().isEmpty() ? kernel.size() : kernel.strides(), image);
    }

    private static void refuse(String operator, String what, String call, boolean present) {
        if (present) {
            throw new DslException(DslCode.KERNEL_OPTION, operator, what, call);
        }
    }

    private static WindowRule of(String operator, Kernel kernel, List<Integer> strides, List<Integer> image) {
        ShapeRules.checkImage(operator, image);
        Axis y = Axis.of(operator, kernel, strides, image, 0);
        Axis x = Axis.of(operator, kernel, strides, image, 1);
        return new WindowRule(
                kernel.size(),
                strides,
                kernel.dilations(),
                List.of(y.before, x.before, y.after, x.after),
                List.of(y.before, x.before, y.declaredAfter, x.declaredAfter),
                y.windows,
                x.windows);
    }

    /** Shape of a result of the given channels. */
    List<Integer> shape(int channels) {
        ShapeRules.checkSize("The result", channels, rows, columns);
        return List.of(channels, rows, columns);
    }

    /** Windows along rows (axis 0) or columns (axis 1). */
    private record Axis(int before, int after, int declaredAfter, int windows) {
        static Axis of(String operator, Kernel kernel, List<Integer> strides, List<Integer> image, int axis) {
            int extent = image.get(axis + 1);
            int stride = strides.get(axis);
            long span = (kernel.size().get(axis) - 1L) * kernel.dilations().get(axis) + 1;
            if (kernel.options().same()) {
                return same(extent, stride, span);
            }
            int before = kernel.padding().get(axis);
            int after = kernel.padding().get(axis + 2);
            long room = (long) extent + before + after - span;
            if (room < 0) {
                throw new DslException(DslCode.WINDOW, operator, kernel.size(), kernel.padding(), image);
            }
            long windows = room / stride + 1;
            boolean another =
                    kernel.options().ceil() && room % stride != 0 && windows * stride < (long) extent + before;
            if (!another) {
                return new Axis(before, after, after, (int) windows);
            }
            long reach = windows * stride + span - extent - before;
            return new Axis(before, (int) reach, after, (int) windows + 1);
        }

        private static Axis same(int extent, int stride, long span) {
            int windows = (extent - 1) / stride + 1;
            long padding = Math.max(0, (windows - 1L) * stride + span - extent);
            int before = (int) (padding / 2);
            int after = (int) (padding - before);
            return new Axis(before, after, after, windows);
        }
    }
}
