package dev.octet.dsl.trace;

import java.util.List;

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
     * @param padding padding top, left, bottom, right
     * @param bias whether there is a bias
     */
    record Conv2d(
            String name,
            int outChannels,
            List<Integer> kernel,
            List<Integer> stride,
            List<Integer> padding,
            boolean bias)
            implements TracedOp {}

    /** {@code x.batchNorm(name, epsilon)}. */
    record BatchNorm(String name, float epsilon) implements TracedOp {}

    /** {@code x.relu()}. */
    record Relu() implements TracedOp {}

    /** {@code x.add(y)}. */
    record Add() implements TracedOp {}

    /**
     * {@code x.maxPool(kernel)}.
     *
     * @param kernel window rows, columns
     * @param stride stride rows, columns
     * @param padding padding top, left, bottom, right
     */
    record MaxPool(List<Integer> kernel, List<Integer> stride, List<Integer> padding) implements TracedOp {}

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
