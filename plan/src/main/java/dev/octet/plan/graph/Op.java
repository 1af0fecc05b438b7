package dev.octet.plan.graph;

import java.util.Objects;
import java.util.Optional;

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
     * 2-D convolution.
     *
     * @param layer name in the definition
     * @param weight weights [out, in, kernelH, kernelW]
     * @param bias bias [out]
     * @param window sliding window
     * @param epilogue what happens to the accumulator; has a second operand if it adds a residual
     */
    record Conv2d(String layer, Constant weight, Optional<Constant> bias, Window window, Epilogue epilogue)
            implements Op {
        public Conv2d {
            Objects.requireNonNull(layer);
            Objects.requireNonNull(weight);
            Objects.requireNonNull(bias);
            Objects.requireNonNull(window);
            Objects.requireNonNull(epilogue);
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
            if (activation == Activation.NONE) {
                throw new IllegalArgumentException("an activation node needs an activation");
            }
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.activate(this);
        }
    }

    /** Sum of two operands of equal shape, then an activation. */
    record Add(Activation activation) implements Op {
        public Add {
            Objects.requireNonNull(activation);
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

    /** Maximum over a window; padding never wins. */
    record MaxPool(Window window) implements Op {
        public MaxPool {
            Objects.requireNonNull(window);
        }

        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.maxPool(this);
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
     * A network input to a quantised tensor: raw pixels (HWC bytes) through the input port's scale, mean and deviation,
     * floats in logical (channel, row, column) order as they are. The operand's element type says which.
     */
    record Quantize() implements Op {
        @Override
        public <R> R accept(OpVisitor<R> visitor) {
            return visitor.quantize(this);
        }
    }

    /** Quantised tensor to float in logical (channel, row, column) order. */
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
}
