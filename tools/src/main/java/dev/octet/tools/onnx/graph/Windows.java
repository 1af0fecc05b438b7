package dev.octet.tools.onnx.graph;

import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import java.util.List;

/** Windows of convolutions and poolings: attributes of the model to a kernel of the definition language, and extents of results. */
final class Windows {
    private static final List<Long> ONES = List.of(1L, 1L);
    private static final List<Long> NONE = List.of(0L, 0L, 0L, 0L);

    private Windows() {}

    /** The kernel of a node on an image of known size. */
    static Kernel of(Step step, List<Integer> image, List<Long> size) {
        List<Long> strides = step.node().integers("strides", ONES);
        List<Long> dilations = step.node().integers("dilations", ONES);
        step.require(size.size() == 2, "its kernel has " + size.size() + " extents, Octet has two");
        step.require(strides.size() == 2 && dilations.size() == 2, "strides or dilations are not two");
        List<Long> pads = step.node().integers("pads", NONE);
        step.require(pads.size() == 4, "it has " + pads.size() + " pads, not four");
        try {
            Kernel plain = Kernel.kernel(step.small(size.get(0), "the size"), step.small(size.get(1), "the size"))
                    .stride(step.small(strides.get(0), "the stride"), step.small(strides.get(1), "the stride"))
                    .dilation(
                            step.small(dilations.get(0), "the dilation"), step.small(dilations.get(1), "the dilation"));
            return padded(step, plain, image, pads);
        } catch (DslException e) {
            throw new Refusal(plain(e));
        }
    }

    /** A message of the definition language without its code. */
    static String plain(DslException e) {
        return e.getMessage().replaceFirst("^\\[[A-Z0-9-]+] ", "");
    }

    private static Kernel padded(Step step, Kernel kernel, List<Integer> image, List<Long> pads) {
        String auto = step.node().text("auto_pad", "NOTSET");
        return switch (auto) {
            case "VALID" -> kernel;
            case "SAME_UPPER" -> kernel.same();
            case "SAME_LOWER" -> {
                List<Integer> upper = same(kernel, image);
                yield kernel.pad(upper.get(2), upper.get(3), upper.get(0), upper.get(1));
            }
            case "NOTSET", "" ->
                padded(
                        kernel,
                        image,
                        List.of(
                                step.small(pads.get(0), "a pad"),
                                step.small(pads.get(1), "a pad"),
                                step.small(pads.get(2), "a pad"),
                                step.small(pads.get(3), "a pad")));
            default -> throw new Refusal("auto_pad is " + auto);
        };
    }

    /** The kernel with that padding, said as {@code same()} where this is what an unequal padding means. */
    static Kernel padded(Kernel kernel, List<Integer> image, List<Integer> pads) {
        if (pads.stream().allMatch(pad -> pad == 0)) {
            return kernel;
        }
        boolean equal = pads.get(0).equals(pads.get(2)) && pads.get(1).equals(pads.get(3));
        boolean plain = !kernel.options().ceil();
        return !equal && plain && pads.equals(same(kernel, image))
                ? kernel.same()
                : kernel.pad(pads.get(0), pads.get(1), pads.get(2), pads.get(3));
    }

    /** Padding top, left, bottom, right of a kernel. */
    static List<Integer> padding(Kernel kernel, List<Integer> image) {
        return kernel.options().same() ? same(kernel, image) : kernel.padding();
    }

    private static List<Integer> same(Kernel kernel, List<Integer> image) {
        int rows = same(kernel, image, 0);
        int columns = same(kernel, image, 1);
        return List.of(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
    }

    private static int same(Kernel kernel, List<Integer> image, int axis) {
        int stride = kernel.strides().get(axis);
        int extent = image.get(axis + 1);
        long windows = (extent - 1) / stride + 1;
        return (int) Math.max(0, (windows - 1) * stride + span(kernel, axis) - extent);
    }

    private static long span(Kernel kernel, int axis) {
        return (kernel.size().get(axis) - 1L) * kernel.dilations().get(axis) + 1;
    }

    /** The result's shape. */
    static List<Integer> shape(Kernel kernel, List<Integer> image, int channels) {
        return List.of(channels, extent(kernel, image, 0), extent(kernel, image, 1));
    }

    private static int extent(Kernel kernel, List<Integer> image, int axis) {
        int stride = kernel.strides().get(axis);
        List<Integer> padding = padding(kernel, image);
        int before = padding.get(axis);
        long padded = (long) image.get(axis + 1) + before + padding.get(axis + 2);
        long room = padded - span(kernel, axis);
        if (room < 0) {
            throw new Refusal("its window does not fit into the image");
        }
        long windows = room / stride + 1;
        boolean another =
                kernel.options().ceil() && room % stride != 0 && windows * stride < (long) image.get(axis + 1) + before;
        return Math.toIntExact(another ? windows + 1 : windows);
    }
}
