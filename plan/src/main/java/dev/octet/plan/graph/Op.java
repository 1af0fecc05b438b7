package dev.octet.plan.graph;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An operator. Operands and result type stand in the {@link Node}; an operator has attributes only. */
public sealed interface Op {
    /** Calls the visitor's method for this operator. */
    <R> R accept(OpVisitor<R> visitor);

    /** Number of operands. */
    default int arity() {
        return 1;
    }

    /** A network input; the node's name is the port's. */
    record Input() implements Op {
        @Override
        public int arity() {
            return 0;
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.input(this);
        }
    }

    /**
     * 2-D convolution. Output channels come in {@code groups} of equal size, each of which reads its own share of the
     * input channels; with as many groups as input channels it is depthwise.
     *
     * @param layer name in the definition
     * @param weight weights [out, in / groups, kernelH, kernelW]
     * @param bias bias [out]
     * @param window sliding window
     * @param groups number of groups, a divisor of the input and of the output channels
     * @param epilogue what happens to the accumulator; has a second operand if it adds a residual
     */
    record Conv2d(String layer, Constant weight, Optional<Constant> bias, Window window, int groups, Epilogue epilogue)
            implements Op {
        public Conv2d {
            Objects.requireNonNull(layer);
            Objects.requireNonNull(weight);
            Objects.requireNonNull(bias);
            Objects.requireNonNull(window);
            Objects.requireNonNull(epilogue);
            if (groups < 1) {
                throw new IllegalArgumentException("a convolution has at least one group: " + groups);
            }
        }

        @Override
        public Activation activation() {
            return epilogue.activation();
        }

        /** The same layer with another epilogue. */
        public Conv2d with(Epilogue other) {
            return new Conv2d(layer, weight, bias, window, groups, other);
        }

        @Override
        public int arity() {
            return epilogue.residual() ? 2 : 1;
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.conv2d(this);
        }
    }

    /**
     * Fully connected layer over all elements of its operand in logical (channel, row, column) order.
     *
     * @param layer name in the definition
     * @param weight weights [out, in]
     * @param bias bias [out]
     * @param epilogue what happens to the accumulator; has a second operand if it adds a residual
     */
    record Dense(String layer, Constant weight, Optional<Constant> bias, Epilogue epilogue) implements Op {
        public Dense {
            Objects.requireNonNull(layer);
            Objects.requireNonNull(weight);
            Objects.requireNonNull(bias);
            Objects.requireNonNull(epilogue);
        }

        @Override
        public Activation activation() {
            return epilogue.activation();
        }

        /** The same layer with another epilogue. */
        public Dense with(Epilogue other) {
            return new Dense(layer, weight, bias, other);
        }

        @Override
        public int arity() {
            return epilogue.residual() ? 2 : 1;
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.dense(this);
        }
    }

    /** Batch normalisation in inference, per channel. */
    record BatchNorm(Constant.Norm norm) implements Op {
        public BatchNorm {
            Objects.requireNonNull(norm);
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.batchNorm(this);
        }
    }

    /** Element-wise activation. */
    record Activate(Activation activation) implements Op {
        public Activate {
            if (activation.equals(Activation.NONE)) {
                throw new IllegalArgumentException("an activation node needs an activation");
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.activate(this);
        }
    }

    /** Sum of two operands of equal shape, then an activation that only limits. */
    record Add(Activation activation) implements Op {
        public Add {
            if (!activation.isLimit()) {
                throw new IllegalArgumentException("an addition only limits its result: " + activation);
            }
        }

        @Override
        public int arity() {
            return 2;
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.add(this);
        }
    }

    /** Product of [C,H,W] and a factor per channel, [C,1,1] or [C]: the gates of squeeze-and-excitation. */
    record Gate() implements Op {
        @Override
        public int arity() {
            return 2;
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.gate(this);
        }
    }

    /**
     * Channels of all operands, one operand after the other; rows and columns are equal.
     *
     * @param arity number of operands, at least 2
     */
    record Concat(int arity) implements Op {
        public Concat {
            if (arity < 2) {
                throw new IllegalArgumentException("nothing to join: " + arity);
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.concat(this);
        }
    }

    /**
     * Some neighbouring channels.
     *
     * @param first first channel
     * @param count number of channels
     */
    record SliceChannels(int first, int count) implements Op {
        public SliceChannels {
            if (first < 0 || count < 1) {
                throw new IllegalArgumentException("no channels " + first + " to " + first + " + " + count);
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.sliceChannels(this);
        }
    }

    /**
     * Channels of zeros around the operand's.
     *
     * @param before channels before
     * @param after channels after
     */
    record PadChannels(int before, int after) implements Op {
        public PadChannels {
            if (before < 0 || after < 0 || before + after < 1) {
                throw new IllegalArgumentException("nothing to pad: " + before + " and " + after);
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.padChannels(this);
        }
    }

    /**
     * Nearest neighbour: every pixel becomes a block of equal ones.
     *
     * @param rows rows of a block
     * @param columns columns of a block
     */
    record Upsample(int rows, int columns) implements Op {
        public Upsample {
            if (rows < 1 || columns < 1) {
                throw new IllegalArgumentException("no blocks of " + rows + "x" + columns);
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.upsample(this);
        }
    }

    /**
     * An operator that is not part of Octet, see {@link dev.octet.plan.extension.OperatorExtension}.
     *
     * @param operator name of the extension
     * @param attributes whatever else it needs to know
     * @param arity number of operands, at least 1
     */
    record Extension(String operator, SortedMap<String, Integer> attributes, int arity) implements Op {
        public Extension {
            Objects.requireNonNull(operator);
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
            if (arity < 1) {
                throw new IllegalArgumentException("an operator has operands: " + arity);
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.extension(this);
        }
    }

    /** Maximum over a window without gaps; padding never wins. */
    record MaxPool(Window window) implements Op {
        public MaxPool {
            requireNoGaps(window);
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.maxPool(this);
        }
    }

    /**
     * Mean over a window without gaps. Padding is zero and, so far as it is counted, makes the divisor larger.
     *
     * @param window sliding window
     * @param counted the part of the padding whose taps count
     */
    record AvgPool(Window window, Border counted) implements Op {
        public AvgPool {
            requireNoGaps(window);
            boolean within = counted.top() <= window.top()
                    && counted.left() <= window.left()
                    && counted.bottom() <= window.bottom()
                    && counted.right() <= window.right();
            if (!within) {
                throw new IllegalArgumentException(counted + " is not part of the padding of " + window);
            }
        }

        /** Taps that count in the window of an output pixel. */
        public int count(Shape in, int row, int column) {
            int rows = counting(
                    row * window.strideH() - window.top(),
                    window.kernelH(),
                    counted.top(),
                    in.height() + counted.bottom());
            int columns = counting(
                    column * window.strideW() - window.left(),
                    window.kernelW(),
                    counted.left(),
                    in.width() + counted.right());
            return rows * columns;
        }

        private static int counting(int first, int kernel, int before, int end) {
            return Math.min(first + kernel, end) - Math.max(first, -before);
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.avgPool(this);
        }
    }

    /** Mean over all pixels of each channel: [C,H,W] to [C,1,1]. */
    record GlobalAvgPool() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.globalAvgPool(this);
        }
    }

    /** [C,H,W] to [C*H*W] in logical (channel, row, column) order. */
    record Flatten() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.flatten(this);
        }
    }

    /**
     * {@code exp(x[c] - max) / sum} over the channels of each pixel. It reads and writes floats, is the last operator before
     * an output, and is computed on the host.
     */
    record Softmax() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.softmax(this);
        }
    }

    /** Integers of another type or scale, or of floats. Quantised graphs only. */
    record Requantize() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.requantize(this);
        }
    }

    /**
     * A network input to a quantised tensor, or to floats: raw pixels (HWC bytes) through the input port's scale, mean and
     * deviation, floats in logical (channel, row, column) order as they are. The operand's element type says which.
     */
    record Quantize() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.quantize(this);
        }
    }

    /** Quantised tensor, or floats, to floats in logical (channel, row, column) order. */
    record Dequantize() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.dequantize(this);
        }
    }

    /** A network output; the node's name is the port's. */
    record Output() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.output(this);
        }
    }

    /** The activation that is applied last. */
    default Activation activation() {
        return Activation.NONE;
    }

    /** Whether the result has its operand's type and scale, because its numbers are some of the operand's, or zero. */
    default boolean keepsScale() {
        return this instanceof MaxPool
                || this instanceof SliceChannels
                || this instanceof PadChannels
                || this instanceof Upsample;
    }

    private static void requireNoGaps(Window window) {
        if (window.isDilated()) {
            throw new IllegalArgumentException("the window of a pooling has no gaps: " + window);
        }
    }
}
