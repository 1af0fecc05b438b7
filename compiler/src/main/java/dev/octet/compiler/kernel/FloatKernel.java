package dev.octet.compiler.kernel;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.io.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kernels that compute in float arithmetic. Any operand, and the result, may be of integers: they are scaled on the way in
 * and out, which is a matter of one function each, so that types do not make variants.
 */
public sealed interface FloatKernel extends KernelSpec.OfFloats {
    /** Lanes of a vector of floats, and of a word of bytes. */
    int LANES = ChannelMap.FLOAT_ALIGNMENT;

    /** The result. */
    Value output();

    /** All operands, without weights. */
    List<Value> operands();

    /** Whether an operand or the result is of integers, so that the kernel reads constants. */
    default boolean hasIntegers() {
        return output().isInteger() || operands().stream().anyMatch(Value::isInteger);
    }

    /** Work items of one image: vectors of 4 lanes of the result. */
    @Override
    default int items() {
        return output().extent().elements() / LANES;
    }

    /**
     * An operand or a result.
     *
     * @param element element type
     * @param extent extents; pixels are whole vectors
     */
    record Value(ElementType element, KernelSpec.Extent extent) {
        public Value {
            Objects.requireNonNull(element);
            require(extent.pitch() % LANES == 0, "pixels are padded to whole vectors of 4 lanes");
        }

        /** Whether numbers are scaled. */
        public boolean isInteger() {
            return element.isInteger();
        }

        String canonicalName() {
            return element.text() + "_" + extent.canonicalName();
        }
    }

    /**
     * Convolution. A dense layer is one whose window is its whole operand.
     *
     * @param input input
     * @param residual what is added to the sums, of the output's extents but for the pitch
     * @param output output
     * @param window window
     * @param groups groups of channels
     * @param activation one that only limits
     */
    record Conv2d(Value input, Optional<Value> residual, Value output, Window window, int groups, Activation activation)
            implements FloatKernel {
        public Conv2d {
            Objects.requireNonNull(residual);
            require(activation.isLimit(), "a convolution only limits its sums");
            require(
                    window.outHeight(input.extent().height()) == output.extent().height()
                            && window.outWidth(input.extent().width())
                                    == output.extent().width(),
                    "window, input and output do not fit together");
            require(
                    input.extent().channels() % groups == 0 && output.extent().channels() % groups == 0,
                    "groups are of equal size");
            require(
                    residual.isEmpty() || sameChannels(residual.get().extent(), output.extent()),
                    "a residual has the result's extents");
        }

        /** Input channels of a group. */
        public int groupChannels() {
            return input.extent().channels() / groups;
        }

        /** Terms of a sum: taps times lanes, or times channels of a group. */
        public int k() {
            return window.taps() * (groups == 1 ? input.extent().pitch() : groupChannels());
        }

        @Override
        public List<Value> operands() {
            return residual.map(other -> List.of(input, other)).orElse(List.of(input));
        }

        @Override
        public String variant() {
            return groups == 1 ? "f32_conv2d" : "f32_grouped";
        }

        /** Output pixels of a tiled convolution; vectors of one with groups. */
        @Override
        public int items() {
            return groups == 1 ? output.extent().pixels() : FloatKernel.super.items();
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + input.canonicalName() + "_" + output.canonicalName() + KernelSpec.name(window)
                    + (groups == 1 ? "" : "_g" + groups)
                    + residual.map(r -> "_add" + r.element().text() + "of"
                                    + r.extent().pitch())
                            .orElse("")
                    + suffix(activation);
        }
    }

    /** What a lane-by-lane kernel does with a lane of each operand. */
    enum Lanewise {
        /** Applies the function to the only operand. */
        ACTIVATE,
        /** Adds two operands, then applies the function. */
        ADD,
        /** Multiplies with the lane of a second operand of one pixel. */
        GATE
    }

    /**
     * Lane by lane.
     *
     * @param kind what is done
     * @param operands one or two operands
     * @param output result
     * @param activation function that is applied last
     */
    record Pointwise(Lanewise kind, List<Value> operands, Value output, Activation activation) implements FloatKernel {
        public Pointwise {
            operands = List.copyOf(operands);
            require(operands.size() == (kind == Lanewise.ACTIVATE ? 1 : 2), "one operand, or two to combine");
            require(sameChannels(operands.get(0).extent(), output.extent()), "extents differ");
            require(
                    kind == Lanewise.GATE || operands.stream().allMatch(x -> sameChannels(x.extent(), output.extent())),
                    "extents differ");
            require(kind != Lanewise.GATE || operands.get(1).extent().pixels() == 1, "gates are one pixel");
        }

        @Override
        public String variant() {
            return "f32_pointwise";
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + kind.name().toLowerCase(Locale.ROOT) + "_" + names(operands) + "_"
                    + output.canonicalName() + suffix(activation);
        }
    }

    /**
     * Maximum or mean over windows.
     *
     * @param input input
     * @param output output
     * @param window window without gaps
     * @param counted the padding whose taps count in a mean; empty for a maximum
     */
    record Pool(Value input, Value output, Window window, Optional<Border> counted) implements FloatKernel {
        public Pool {
            Objects.requireNonNull(counted);
            require(!window.isDilated(), "a pooling's window has no gaps");
            require(
                    window.outHeight(input.extent().height()) == output.extent().height()
                            && window.outWidth(input.extent().width())
                                    == output.extent().width()
                            && input.extent().channels() == output.extent().channels(),
                    "window, input and output do not fit together");
        }

        @Override
        public List<Value> operands() {
            return List.of(input);
        }

        @Override
        public String variant() {
            return "f32_pool";
        }

        @Override
        public String canonicalName() {
            return variant() + counted.map(c -> "avg").orElse("max") + "_" + input.canonicalName() + "_"
                    + output.canonicalName() + KernelSpec.name(window)
                    + counted.map(c -> "_c" + c.top() + "x" + c.left() + "x" + c.bottom() + "x" + c.right())
                            .orElse("");
        }
    }

    /** Mean over all pixels. */
    record Mean(Value input, Value output) implements FloatKernel {
        /** Numbers up to here are floats, so that the divisor is exact. */
        private static final int MOST_PIXELS = 1 << 24;

        public Mean {
            require(output.extent().pixels() == 1, "a mean is one pixel");
            require(input.extent().channels() == output.extent().channels(), "channels differ");
            require(input.extent().pixels() <= MOST_PIXELS, "the number of pixels is a float");
        }

        @Override
        public List<Value> operands() {
            return List.of(input);
        }

        @Override
        public String variant() {
            return "f32_mean";
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + input.canonicalName() + "_" + output.canonicalName();
        }
    }

    /**
     * Channels that a result takes from an operand.
     *
     * @param operand index of the operand
     * @param from first channel of the operand
     * @param to first channel of the result
     * @param count number of channels
     */
    record Run(int operand, int from, int to, int count) {}

    /**
     * Numbers in another arrangement: joined, cut out, padded with zeros, or repeated.
     *
     * @param operands operands of equal height and width
     * @param runs where the result's channels come from; all others are zero
     * @param rows rows of the result for each of an operand
     * @param columns columns of the result for each of an operand
     * @param output result
     */
    record Arrange(List<Value> operands, List<Run> runs, int rows, int columns, Value output) implements FloatKernel {
        public Arrange {
            operands = List.copyOf(operands);
            runs = List.copyOf(runs);
            for (Value operand : operands) {
                require(
                        operand.extent().height() * rows == output.extent().height()
                                && operand.extent().width() * columns
                                        == output.extent().width(),
                        "extents differ");
            }
            for (Run run : runs) {
                require(
                        run.from() + run.count()
                                        <= operands.get(run.operand()).extent().channels()
                                && run.to() + run.count() <= output.extent().channels(),
                        "a run lies within operand and result");
            }
        }

        @Override
        public String variant() {
            return "f32_arrange";
        }

        @Override
        public String canonicalName() {
            String name = variant() + "_" + names(operands) + "_" + output.canonicalName() + "_u" + rows + "x" + columns
                    + runs.stream()
                            .map(r -> "_" + r.operand() + "c" + r.from() + "to" + r.to() + "n" + r.count())
                            .collect(Collectors.joining());
            return shortened(name, variant());
        }
    }

    /** Floats of the network to (channel, row, column) order. */
    record Export(KernelSpec.Extent input) implements KernelSpec.OfFloats {
        public Export {
            require(input.pitch() % LANES == 0, "pixels are padded to whole vectors of 4 lanes");
        }

        @Override
        public int items() {
            return input.pixels() * input.channels();
        }

        @Override
        public String variant() {
            return "f32_export";
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + input.canonicalName();
        }
    }

    /** Raw HWC bytes to floats through a table per channel; padding lanes become zero. */
    record Pixels(KernelSpec.Extent input, KernelSpec.Extent output) implements KernelSpec.OfFloats {
        public Pixels {
            require(input.pitch() == input.channels(), "raw pixels have no padding");
            require(sameChannels(input, output), "extents differ");
            require(output.pitch() % LANES == 0, "pixels are padded to whole vectors of 4 lanes");
        }

        @Override
        public int items() {
            return output.elements() / LANES;
        }

        @Override
        public String variant() {
            return "f32_pixels";
        }

        @Override
        public String canonicalName() {
            return variant() + "_" + output.canonicalName();
        }
    }

    private static boolean sameChannels(KernelSpec.Extent x, KernelSpec.Extent y) {
        return x.height() == y.height() && x.width() == y.width() && x.channels() == y.channels();
    }

    private static String names(List<Value> values) {
        return values.stream().map(Value::canonicalName).collect(Collectors.joining("_"));
    }

    private static String suffix(Activation activation) {
        if (activation.equals(Activation.NONE)) {
            return "";
        }
        String alpha =
                activation.kind().hasAlpha() ? Integer.toHexString(Float.floatToRawIntBits(activation.alpha())) : "";
        return "_" + activation.kind().text() + alpha;
    }

    /** Names of many operands are replaced by a hash, for a name has at most 255 characters with its schedule. */
    private static String shortened(String name, String variant) {
        return name.length() <= 160 ? name : variant + "_" + Sha256.hex(name).substring(0, 32);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
