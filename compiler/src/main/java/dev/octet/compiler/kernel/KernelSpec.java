package dev.octet.compiler.kernel;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.Objects;
import java.util.Optional;

/**
 * What a kernel computes: the canonical form of a region, made of shapes, layouts and types only, never of weights or
 * scales. Equal specifications share one kernel.
 */
public sealed interface KernelSpec {
    /** The specification as part of a C identifier; injective. */
    String canonicalName();

    /** Family and element types: the part of the name without extents. Kernels of one variant share their code. */
    String variant();

    /**
     * Work items of one image: 16 output lanes; for a convolution one output pixel, for a dense layer one output lane,
     * for dequantising one element.
     */
    int items();

    /**
     * NHWC extents of one image.
     *
     * @param height rows
     * @param width columns
     * @param channels logical channels
     * @param pitch elements from pixel to pixel
     */
    record Extent(int height, int width, int channels, int pitch) {
        public Extent {
            if (height < 1 || width < 1 || channels < 1 || pitch < channels) {
                throw new IllegalArgumentException(
                        "bad extent: " + height + "x" + width + "x" + channels + "/" + pitch);
            }
        }

        /** Pixels of one image. */
        public int pixels() {
            return height * width;
        }

        /** Elements of one image in memory. */
        public int elements() {
            return pixels() * pitch;
        }

        String canonicalName() {
            return height + "x" + width + "x" + channels + (pitch == channels ? "" : "of" + pitch);
        }
    }

    /**
     * Convolution with the full epilogue. A window as large as the input is a dense layer's convolution, but dense
     * layers have {@link Dense}.
     *
     * @param in input type, integer
     * @param out output type; {@link ElementType#F32} only for one output pixel
     * @param input input extents
     * @param output output extents
     * @param window window
     * @param residual type of the residual operand, which has the output's extents
     */
    record Conv2d(
            ElementType in, ElementType out, Extent input, Extent output, Window window, Optional<ElementType> residual)
            implements KernelSpec {
        public Conv2d {
            Objects.requireNonNull(residual);
            require(in.isInteger(), "a convolution reads integers");
            require(input.pitch() % 16 == 0, "input pixels are padded to 16 bytes");
            require(
                    window.outHeight(input.height()) == output.height()
                            && window.outWidth(input.width()) == output.width(),
                    "window, input and output do not fit together");
        }

        /** Bytes of one filter: taps times input pitch. */
        public int k() {
            return window.taps() * input.pitch();
        }

        @Override
        public String variant() {
            return "conv2d_" + in.text() + "_" + out.text()
                    + residual.map(r -> "_add" + r.text()).orElse("");
        }

        @Override
        public int items() {
            return output.pixels();
        }

        @Override
        public String canonicalName() {
            String padding = window.top() == window.bottom() && window.left() == window.right()
                    ? window.top() + "x" + window.left()
                    : window.top() + "x" + window.left() + "x" + window.bottom() + "x" + window.right();
            return "conv2d_" + in.text() + "_" + out.text() + "_" + input.canonicalName() + "_"
                    + output.canonicalName() + "_k" + window.kernelH() + "x" + window.kernelW() + "_s"
                    + window.strideH() + "x" + window.strideW() + "_p" + padding
                    + residual.map(r -> "_add" + r.text()).orElse("");
        }
    }

    /**
     * Fully connected layer over all lanes of one image.
     *
     * @param in input type, integer
     * @param out output type
     * @param k bytes of the input image, lanes included; a multiple of 16
     * @param output output extents, one pixel
     * @param residual type of the residual operand, which has the output's extents
     */
    record Dense(ElementType in, ElementType out, int k, Extent output, Optional<ElementType> residual)
            implements KernelSpec {
        public Dense {
            Objects.requireNonNull(residual);
            require(in.isInteger(), "a dense layer reads integers");
            require(k > 0 && k % 16 == 0, "the input is padded to 16 bytes");
            require(output.pixels() == 1, "a dense layer writes one pixel");
        }

        @Override
        public String variant() {
            return "dense_" + in.text() + "_" + out.text()
                    + residual.map(r -> "_add" + r.text()).orElse("");
        }

        @Override
        public int items() {
            return output.pitch();
        }

        @Override
        public String canonicalName() {
            return "dense_" + in.text() + "_" + out.text() + "_" + k + "_" + output.canonicalName()
                    + residual.map(r -> "_add" + r.text()).orElse("");
        }
    }

    /** Max pooling; input and output share type, scale and pitch. */
    record MaxPool(ElementType element, Extent input, Extent output, Window window) implements KernelSpec {
        public MaxPool {
            require(element.isInteger(), "pooling works on integers");
            require(input.pitch() == output.pitch() && input.pitch() % 16 == 0, "pixels are padded to 16 bytes");
        }

        @Override
        public String variant() {
            return "maxpool_" + element.text();
        }

        @Override
        public int items() {
            return output.elements() / 16;
        }

        @Override
        public String canonicalName() {
            return "maxpool_" + element.text() + "_" + input.canonicalName() + "_" + output.canonicalName() + "_k"
                    + window.kernelH() + "x" + window.kernelW() + "_s" + window.strideH() + "x" + window.strideW()
                    + "_p" + window.top() + "x" + window.left() + "x" + window.bottom() + "x" + window.right();
        }
    }

    /** Mean over all pixels of each lane. */
    record GlobalAvgPool(ElementType in, ElementType out, Extent input) implements KernelSpec {
        public GlobalAvgPool {
            require(in.isInteger() && out.isInteger(), "pooling works on integers");
            require(input.pitch() % 16 == 0, "pixels are padded to 16 bytes");
        }

        @Override
        public String variant() {
            return "avgpool_" + in.text() + "_" + out.text();
        }

        @Override
        public int items() {
            return input.pitch() / 16;
        }

        @Override
        public String canonicalName() {
            return "avgpool_" + in.text() + "_" + out.text() + "_" + input.canonicalName();
        }
    }

    /** Sum of two tensors of equal extents, lane by lane. */
    record Add(ElementType x, ElementType y, ElementType out, int elements) implements KernelSpec {
        public Add {
            require(x.isInteger() && y.isInteger() && out.isInteger(), "addition works on integers");
            require(elements % 16 == 0, "tensors are padded to 16 bytes");
        }

        @Override
        public String variant() {
            return "add_" + x.text() + "_" + y.text() + "_" + out.text();
        }

        @Override
        public int items() {
            return elements / 16;
        }

        @Override
        public String canonicalName() {
            return "add_" + x.text() + "_" + y.text() + "_" + out.text() + "_" + elements;
        }
    }

    /** Change of scale with an activation, lane by lane. */
    record Rescale(ElementType in, ElementType out, int elements) implements KernelSpec {
        public Rescale {
            require(in.isInteger() && out.isInteger(), "rescaling works on integers");
            require(elements % 16 == 0, "tensors are padded to 16 bytes");
        }

        @Override
        public String variant() {
            return "rescale_" + in.text() + "_" + out.text();
        }

        @Override
        public int items() {
            return elements / 16;
        }

        @Override
        public String canonicalName() {
            return "rescale_" + in.text() + "_" + out.text() + "_" + elements;
        }
    }

    /** Raw HWC bytes to quantised NHWC through a table per channel; padding lanes become zero. */
    record Quantize(Extent input, Extent output) implements KernelSpec {
        public Quantize {
            require(input.pitch() == input.channels(), "raw pixels have no padding");
            require(output.pitch() % 16 == 0, "pixels are padded to 16 bytes");
            require(input.pixels() == output.pixels() && input.channels() == output.channels(), "extents differ");
        }

        @Override
        public String variant() {
            return "quantize";
        }

        @Override
        public int items() {
            return output.elements() / 16;
        }

        @Override
        public String canonicalName() {
            return "quantize_" + output.canonicalName();
        }
    }

    /** Quantised NHWC to float in (channel, row, column) order. */
    record Dequantize(ElementType in, Extent input) implements KernelSpec {
        public Dequantize {
            require(in.isInteger(), "dequantising reads integers");
        }

        @Override
        public String variant() {
            return "dequantize_" + in.text();
        }

        @Override
        public int items() {
            return input.pixels() * input.channels();
        }

        @Override
        public String canonicalName() {
            return "dequantize_" + in.text() + "_" + input.canonicalName();
        }
    }

    /** A kernel that computes in float arithmetic; see {@link FloatKernel}. */
    non-sealed interface OfFloats extends KernelSpec {}

    /** A window as part of a name. */
    static String name(Window window) {
        return "_k" + window.kernelH() + "x" + window.kernelW() + "_s" + window.strideH() + "x" + window.strideW()
                + (window.isDilated() ? "_d" + window.dilationH() + "x" + window.dilationW() : "") + "_p" + window.top()
                + "x" + window.left() + "x" + window.bottom() + "x" + window.right();
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
