package dev.octet.dsl.trace;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** An operator that a definition called. Names are complete: scopes are already joined with dots. */
public sealed interface TracedOp {
    /** {@code net.input(name)}. */
    record Input(String name) implements TracedOp {}

    /**
     * {@code x.conv2d(name, outChannels, kernel)}.
     *
     * @param name layer name
     * @param outChannels output channels
     * @param kernel kernel rows, columns
     * @param stride stride rows, columns
     * @param dilation dilation rows, columns
     * @param padding padding top, left, bottom, right
     * @param groups groups of channels
     * @param bias whether there is a bias
     */
    record Conv2d(
            String name,
            int outChannels,
            List<Integer> kernel,
            List<Integer> stride,
            List<Integer> dilation,
            List<Integer> padding,
            int groups,
            boolean bias)
            implements TracedOp {}

    /** {@code x.batchNorm(name, epsilon)}. */
    record BatchNorm(String name, float epsilon) implements TracedOp {}

    /**
     * {@code x.relu()} and the other functions of one number.
     *
     * @param function which one
     * @param alpha its parameter; 0 if it has none
     */
    record Activation(Function function, float alpha) implements TracedOp {
        /** The functions, named as the methods of {@link dev.octet.dsl.Tensor}. */
        public enum Function {
            /** {@code relu}. */
            RELU,
            /** {@code relu6}. */
            RELU6,
            /** {@code leakyRelu}. */
            LEAKY_RELU,
            /** {@code elu}. */
            ELU,
            /** {@code sigmoid}. */
            SIGMOID,
            /** {@code hardSigmoid}. */
            HARD_SIGMOID,
            /** {@code tanh}. */
            TANH,
            /** {@code swish}. */
            SWISH,
            /** {@code hardSwish}. */
            HARD_SWISH,
            /** {@code gelu}. */
            GELU
        }
    }

    /** {@code x.gate(gates)}. */
    record Gate() implements TracedOp {}

    /** {@code x.concat(others)}. */
    record Concat() implements TracedOp {}

    /** {@code x.sliceChannels(first, count)}. */
    record SliceChannels(int first, int count) implements TracedOp {}

    /** {@code x.padChannels(before, after)}. */
    record PadChannels(int before, int after) implements TracedOp {}

    /** {@code x.upsample(factor)}. */
    record Upsample(int factor) implements TracedOp {}

    /**
     * {@code x.apply(name, operator, others)}.
     *
     * @param operator name of the operator
     * @param attributes whatever else it needs to know
     */
    record Extension(String operator, SortedMap<String, Integer> attributes) implements TracedOp {
        public Extension {
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }
    }

    /** {@code x.softmax()}. */
    record Softmax() implements TracedOp {}

    /** {@code x.add(y)}. */
    record Add() implements TracedOp {}

    /**
     * {@code x.maxPool(kernel)}, and {@code x.subsample(stride)}, the maximum of one pixel.
     *
     * @param kernel window rows, columns
     * @param stride stride rows, columns
     * @param padding padding top, left, bottom, right
     */
    record MaxPool(List<Integer> kernel, List<Integer> stride, List<Integer> padding) implements TracedOp {}

    /**
     * {@code x.avgPool(kernel)}.
     *
     * @param kernel window rows, columns
     * @param stride stride rows, columns
     * @param padding padding top, left, bottom, right
     * @param counted the part of the padding that counts as zeros
     */
    record AvgPool(List<Integer> kernel, List<Integer> stride, List<Integer> padding, List<Integer> counted)
            implements TracedOp {}

    /** {@code x.globalAvgPool()}. */
    record GlobalAvgPool() implements TracedOp {}

    /** {@code x.flatten()}. */
    record Flatten() implements TracedOp {}

    /**
     * {@code x.dense(name, features)}.
     *
     * @param name layer name
     * @param features output features
     * @param bias whether there is a bias
     */
    record Dense(String name, int features, boolean bias) implements TracedOp {}

    /** {@code net.output(name, x)}. */
    record Output(String name) implements TracedOp {}
}
