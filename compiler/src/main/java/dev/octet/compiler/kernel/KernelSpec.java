package dev.octet.compiler.kernel;

import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.Objects;
import java.util.Optional;

/**
 * What a kernel computes: the canonical form of a region, made of shapes, layouts and types only, never of weights or
 * scales. Equal specifications share one kernel.
 */
public sealed interface KernelSpec
        permits ExtensionSpec,
                KernelSpec.Add,
                KernelSpec.AvgPool,
                KernelSpec.Conv2d,
                KernelSpec.Dense,
                KernelSpec.Depthwise,
                KernelSpec.Dequantize,
                KernelSpec.Gate,
                KernelSpec.GlobalAvgPool,
                KernelSpec.Grouped,
                KernelSpec.Lookup,
                KernelSpec.MaxPool,
                KernelSpec.OfFloats,
                KernelSpec.Quantize,
                KernelSpec.QuantizeFloat,
                KernelSpec.Rescale,
                KernelSpec.Upsample,
                MoveChannels,
                PooledConv2d {
    /** Lanes of a vector: what pixels of most values are multiples of. */
    int VECTOR = ChannelMap.ALIGNMENT;

    /** A window of one pixel. */
    Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);

    /** Lanes of a word: what a pixel of an input of few channels may be. */
    int WORD = ChannelMap.WORD;

    /** The specification as part of a C identifier; injective. */
    String canonicalName();

    /** Family and element types: the part of the name without extents. Kernels of one variant share their code. */
    String variant();

    /**
     * Work items of one image: 16 output lanes, or 4 where a pixel has no more; for a convolution one output pixel, for one
     * with groups 4 output lanes of a row, for a dense layer one output lane, for dequantising one element, for moving channels
     * what moves at once.
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

        /** Lanes that an item of an element by element kernel writes: a vector or a word. */
        public int itemLanes() {
            return Math.min(VECTOR, pitch);
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
            requireLayer(in, input, output, window, residual);
            requireVectorsOrWords(input);
        }

        /** Whether a pixel of the input is one word of 4 lanes, and not whole vectors of 16. */
        public boolean readsWords() {
            return input.pitch() == WORD;
        }

        /** Bytes of one filter: taps times input pitch. */
        public int k() {
            return window.taps() * input.pitch();
        }

        @Override
        public String variant() {
            return "conv2d_" + types(in, out, residual);
        }

        @Override
        public int items() {
            return output.pixels();
        }

        @Override
        public String canonicalName() {
            return layerName("conv2d", in, out, input, output, window, residual);
        }
    }

    /**
     * Depthwise convolution with the full epilogue: every lane is convolved with a window of its own.
     *
     * @param in input type, integer
     * @param out output type; {@link ElementType#F32} only for one output pixel
     * @param input input extents
     * @param output output extents, of as many channels
     * @param window window
     * @param residual type of the residual operand, which has the output's extents
     */
    record Depthwise(
            ElementType in, ElementType out, Extent input, Extent output, Window window, Optional<ElementType> residual)
            implements KernelSpec {
        public Depthwise {
            requireLayer(in, input, output, window, residual);
            requireVectors(input);
            require(input.channels() == output.channels(), "a depthwise convolution keeps the channels");
        }

        @Override
        public String variant() {
            return "depthwise_" + types(in, out, residual);
        }

        @Override
        public int items() {
            return output.height() * words(output);
        }

        @Override
        public String canonicalName() {
            return layerName("depthwise", in, out, input, output, window, residual);
        }
    }

    /**
     * Convolution in groups of any size with the full epilogue.
     *
     * @param in input type, integer
     * @param out output type; {@link ElementType#F32} only for one output pixel
     * @param input input extents
     * @param output output extents
     * @param window window
     * @param groups number of groups, a divisor of both numbers of channels
     * @param residual type of the residual operand, which has the output's extents
     */
    record Grouped(
            ElementType in,
            ElementType out,
            Extent input,
            Extent output,
            Window window,
            int groups,
            Optional<ElementType> residual)
            implements KernelSpec {
        public Grouped {
            requireLayer(in, input, output, window, residual);
            requireVectors(input);
            require(
                    groups > 1 && input.channels() % groups == 0 && output.channels() % groups == 0,
                    "several groups have equal shares of all channels");
        }

        /** Input channels of a group. */
        public int groupIn() {
            return input.channels() / groups;
        }

        /** Output channels of a group. */
        public int groupOut() {
            return output.channels() / groups;
        }

        /** Whether 4 neighbouring output lanes are of one group, which reads whole words of 4 lanes. */
        public boolean isOfWords() {
            return groupIn() % 4 == 0 && groupOut() % 4 == 0;
        }

        @Override
        public String variant() {
            return "grouped_" + types(in, out, residual);
        }

        @Override
        public int items() {
            return output.height() * words(output);
        }

        @Override
        public String canonicalName() {
            return layerName("grouped", in, out, input, output, window, residual) + "_g" + groups;
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

        /** The same sums as a convolution: of one pixel whose lanes are the whole input, with a window of that pixel. */
        public Conv2d asConvolution() {
            return new Conv2d(in, out, new Extent(1, 1, k, k), output, POINT, residual);
        }

        @Override
        public String variant() {
            return "dense_" + types(in, out, residual);
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
            return variant() + "_" + input.canonicalName() + "_" + output.canonicalName() + name(window);
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

    /**
     * Product of each pixel and one pixel of gates.
     *
     * @param x type of the pixels
     * @param gate type of the gates
     * @param out type of the result
     * @param extent extents of the pixels and of the result
     */
    record Gate(ElementType x, ElementType gate, ElementType out, Extent extent) implements KernelSpec {
        public Gate {
            require(x.isInteger() && gate.isInteger() && out.isInteger(), "gates work on integers");
            requirePadded(extent);
        }

        @Override
        public String variant() {
            return "gate_" + x.text() + "_" + gate.text() + "_" + out.text();
        }

        @Override
        public int items() {
            return extent.elements() / 16;
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + extent.canonicalName();
        }
    }

    /** Function of each byte by a table of 256 results, of whatever types; padding lanes stay zero. */
    record Lookup(Extent extent) implements KernelSpec {
        public Lookup {
            requirePadded(extent);
        }

        @Override
        public String variant() {
            return "lookup";
        }

        @Override
        public int items() {
            return extent.elements() / 16;
        }

        @Override
        public String canonicalName() {
            return "lookup_" + extent.canonicalName();
        }
    }

    /**
     * Mean over a window.
     *
     * @param in input type
     * @param out output type
     * @param input input extents
     * @param output output extents
     * @param window window without gaps
     * @param counted the part of the padding whose taps count
     */
    record AvgPool(ElementType in, ElementType out, Extent input, Extent output, Window window, Border counted)
            implements KernelSpec {
        public AvgPool {
            require(in.isInteger() && out.isInteger(), "pooling works on integers");
            require(input.pitch() == output.pitch(), "pooling keeps the lanes");
            requirePadded(input);
        }

        @Override
        public String variant() {
            return "avgpool2d_" + in.text() + "_" + out.text();
        }

        @Override
        public int items() {
            return output.elements() / 16;
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + input.canonicalName() + "_" + output.canonicalName() + "_" + text(window) + "_n"
                    + counted.top() + "x" + counted.left() + "x" + counted.bottom() + "x" + counted.right();
        }
    }

    /**
     * Nearest neighbour: every pixel becomes a block of equal ones.
     *
     * @param input input extents
     * @param rows rows of a block
     * @param columns columns of a block
     */
    record Upsample(Extent input, int rows, int columns) implements KernelSpec {
        public Upsample {
            require(rows > 0 && columns > 0, "a block has pixels");
            requirePadded(input);
        }

        @Override
        public String variant() {
            return "upsample";
        }

        @Override
        public int items() {
            return input.elements() / 16 * rows * columns;
        }

        @Override
        public String canonicalName() {
            return "upsample_" + input.canonicalName() + "_by" + rows + "x" + columns;
        }
    }

    /** Raw HWC bytes to quantised NHWC through a table per channel; padding lanes become zero. */
    record Quantize(Extent input, Extent output) implements KernelSpec {
        public Quantize {
            require(input.pitch() == input.channels(), "raw pixels have no padding");
            requireVectorsOrWords(output);
            require(input.pixels() == output.pixels() && input.channels() == output.channels(), "extents differ");
        }

        @Override
        public String variant() {
            return "quantize";
        }

        @Override
        public int items() {
            return output.elements() / output.itemLanes();
        }

        @Override
        public String canonicalName() {
            return "quantize_" + output.canonicalName();
        }
    }

    /** Floats in (channel, row, column) order to quantised NHWC; padding lanes become zero. */
    record QuantizeFloat(Extent input, Extent output) implements KernelSpec {
        public QuantizeFloat {
            require(input.pitch() == input.channels(), "floats have no padding");
            requireVectorsOrWords(output);
            require(
                    input.height() == output.height()
                            && input.width() == output.width()
                            && input.channels() == output.channels(),
                    "extents differ");
        }

        @Override
        public String variant() {
            return "quantize_f32";
        }

        @Override
        public int items() {
            return output.elements() / output.itemLanes();
        }

        @Override
        public String canonicalName() {
            return "quantize_f32_" + output.canonicalName();
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

    /** Words of 4 lanes of a pixel, padding included. */
    private static int words(Extent extent) {
        return (extent.channels() + 15) / 16 * 4;
    }

    private static String types(ElementType in, ElementType out, Optional<ElementType> residual) {
        return in.text() + "_" + out.text() + suffix(residual);
    }

    private static String suffix(Optional<ElementType> residual) {
        return residual.map(r -> "_add" + r.text()).orElse("");
    }

    private static String layerName(
            String family,
            ElementType in,
            ElementType out,
            Extent input,
            Extent output,
            Window window,
            Optional<ElementType> residual) {
        return family + "_" + in.text() + "_" + out.text() + "_" + input.canonicalName() + "_" + output.canonicalName()
                + "_" + text(window) + suffix(residual);
    }

    private static void requirePadded(Extent extent) {
        require(extent.pitch() % 16 == 0, "pixels are padded to 16 bytes");
    }

    private static void requireLayer(
            ElementType in, Extent input, Extent output, Window window, Optional<ElementType> residual) {
        Objects.requireNonNull(residual);
        require(in.isInteger(), "a convolution reads integers");
        require(
                window.outHeight(input.height()) == output.height() && window.outWidth(input.width()) == output.width(),
                "window, input and output do not fit together");
    }

    private static void requireVectors(Extent extent) {
        require(extent.pitch() % VECTOR == 0, "pixels are padded to 16 bytes");
    }

    private static void requireVectorsOrWords(Extent extent) {
        require(
                extent.pitch() % VECTOR == 0 || extent.pitch() == WORD,
                "pixels are padded to 16 bytes, or are one word of 4");
    }

    /** A window as part of a name; symmetric padding is short, and dilation is named only where there is some. */
    private static String text(Window w) {
        String padding = w.top() == w.bottom() && w.left() == w.right()
                ? w.top() + "x" + w.left()
                : w.top() + "x" + w.left() + "x" + w.bottom() + "x" + w.right();
        return taps(w) + "_p" + padding;
    }

    private static String taps(Window w) {
        return "k" + w.kernelH() + "x" + w.kernelW() + "_s" + w.strideH() + "x" + w.strideW()
                + (w.isDilated() ? "_d" + w.dilationH() + "x" + w.dilationW() : "");
    }

    /** A kernel that computes in float arithmetic; see {@link FloatKernel}. */
    non-sealed interface OfFloats extends KernelSpec {}

    /** A window as part of a name, with the padding of all four sides. */
    static String name(Window w) {
        return "_" + taps(w) + "_p" + w.top() + "x" + w.left() + "x" + w.bottom() + "x" + w.right();
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
