package dev.octet.tools.onnx.graph;

import dev.octet.dsl.Kernel;
import dev.octet.tools.onnx.file.Constant;
import java.util.Optional;

/**
 * What makes a value. {@link Partial} calls are pieces of what exporters take apart; when a network is complete, none is
 * left.
 */
public sealed interface Call {
    /** A call with weights, which are kept under its name. */
    sealed interface Layer extends Call {}

    /** What the definition language does not have by itself. */
    sealed interface Partial extends Call {}

    /**
     * An input port.
     *
     * @param port its name in the model
     * @param reordered whether the model has its channels last, and makes them the first at once
     */
    record Input(String port, boolean reordered) implements Call {}

    /**
     * {@code conv2d}.
     *
     * @param kernel its window, without a bias
     * @param out channels of the result
     * @param weight [out, channels / groups, rows, columns]
     * @param bias [out]
     */
    record Conv(Kernel kernel, int out, Constant weight, Optional<Constant> bias) implements Layer {}

    /**
     * {@code dense} and {@code denseWithoutBias}.
     *
     * @param features numbers of the result
     * @param weight [features, numbers of the operand]
     * @param bias [features]
     */
    record Dense(int features, Constant weight, Optional<Constant> bias) implements Layer {}

    /** {@code batchNorm}; its tensors have one number per channel. */
    record Norm(float epsilon, Constant scale, Constant shift, Constant mean, Constant variance) implements Layer {}

    /** A method without further operands; {@code parameter} is 0 if it takes none. */
    record Unary(Function function, float parameter) implements Call {}

    /** {@code add}. */
    record Add() implements Call {}

    /** {@code gate}: an image, and one factor per channel. */
    record Gate() implements Call {}

    /** {@code concat}. */
    record Concat() implements Call {}

    /** {@code sliceChannels}. */
    record Slice(int first, int count) implements Call {}

    /** {@code padChannels}. */
    record PadChannels(int before, int after) implements Call {}

    /** {@code subsample}. */
    record Subsample(int stride) implements Call {}

    /** {@code upsample}. */
    record Upsample(int factor) implements Call {}

    /** {@code maxPool} or {@code avgPool}. */
    record Pool(boolean max, Kernel kernel) implements Call {}

    /** {@code scale * x + shift}, one of each per channel, or one for all; not copied. */
    record Affine(double[] scale, double[] shift) implements Partial {
        /** Whether all channels have the same numbers. */
        boolean isUniform() {
            return scale.length == 1 && shift.length == 1;
        }

        /** Whether this is {@code x * factor}, up to what is lost when a number is written as a float. */
        boolean isFactor(double factor) {
            return isUniform() && near(scale[0], factor) && shift[0] == 0;
        }

        /** Whether this is {@code x * factor + summand}, up to what is lost when a number is written as a float. */
        boolean is(double factor, double summand) {
            return isUniform() && near(scale[0], factor) && near(shift[0], summand);
        }

        double scale(int channel) {
            return scale[scale.length == 1 ? 0 : channel];
        }

        double shift(int channel) {
            return shift[shift.length == 1 ? 0 : channel];
        }
    }

    /** {@code min(max(x, low), high)}. */
    record Clip(float low, float high) implements Partial {}

    /** {@code min(max(alpha * x + beta, 0), 1)}. */
    record HardSigmoid(double alpha, double beta) implements Partial {}

    /** The error function. */
    record Erf() implements Partial {}

    /** Product of values of one shape. */
    record Product() implements Partial {}

    /** A border around each channel, of one number. */
    record Border(int top, int left, int bottom, int right, float number) implements Partial {}

    /** The same numbers in another shape. */
    record View() implements Partial {}

    /** Whether two numbers are equal up to what is lost when they are written with six digits. */
    static boolean near(double a, double b) {
        return Math.abs(a - b) <= 1e-5 * Math.abs(b);
    }
}
