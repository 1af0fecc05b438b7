package dev.octet.dsl;

import java.util.List;

/**
 * A value of the network that is being defined: a shape, but no numbers. Its methods record operators. Shapes are of one
 * image, {@code [channels, height, width]} or {@code [features]}, and are checked by each call, which throws
 * {@link DslException} if something is wrong.
 *
 * <p>Given names are preceded by the names of the enclosing scopes. {@link Net} says what a name may consist of.
 */
public interface Tensor {
    /** Name of the value, complete with scopes. */
    String name();

    /** {@code [channels, height, width]} or {@code [features]}. */
    List<Integer> shape();

    /** Channels of an image, or features of a vector. */
    default int channels() {
        return shape().get(0);
    }

    /**
     * Two-dimensional convolution (cross-correlation) of [C,H,W] to [outChannels,H',W'], without a bias unless the
     * kernel has one.
     *
     * @param name layer name; the weights are {@code <name>.weight}, of shape [outChannels,C,rows,columns], and with a
     *     bias {@code <name>.bias}, of shape [outChannels]
     * @param outChannels number of output channels
     * @param kernel size, stride (1 unless given), padding with zeros, and bias
     */
    Tensor conv2d(String name, int outChannels, Kernel kernel);

    /**
     * Batch normalisation as in inference, per channel.
     *
     * @param name layer name; the weights are {@code <name>.weight}, {@code .bias}, {@code .running_mean} and
     *     {@code .running_var}, of shape [channels]
     * @param epsilon added to the variance, positive
     */
    Tensor batchNorm(String name, float epsilon);

    /** {@code max(x, 0)}, named {@code <this>.relu}. */
    Tensor relu();

    /** {@code max(x, 0)}. */
    Tensor relu(String name);

    /** Sum with a value of equal shape, named {@code <this>.add}. */
    Tensor add(Tensor other);

    /** Sum with a value of equal shape. */
    Tensor add(String name, Tensor other);

    /**
     * Maximum over a window of [C,H,W], named {@code <this>.maxPool}.
     *
     * @param kernel size, stride (the size unless given), and padding, which never wins
     */
    Tensor maxPool(Kernel kernel);

    /** As {@link #maxPool(Kernel)}, with a name. */
    Tensor maxPool(String name, Kernel kernel);

    /** Mean over the pixels of each channel, [C,H,W] to [C,1,1], named {@code <this>.globalAvgPool}. */
    Tensor globalAvgPool();

    /** Mean over the pixels of each channel, [C,H,W] to [C,1,1]. */
    Tensor globalAvgPool(String name);

    /** [C,H,W] to [C*H*W] in this order, named {@code <this>.flatten}. */
    Tensor flatten();

    /** [C,H,W] to [C*H*W] in this order. */
    Tensor flatten(String name);

    /**
     * Fully connected layer with a bias, from [n] or [n,1,1] to [features].
     *
     * @param name layer name; the weights are {@code <name>.weight}, of shape [features,n], and {@code <name>.bias}, of
     *     shape [features]
     * @param features number of outputs
     */
    Tensor dense(String name, int features);

    /** As {@link #dense}, without a bias. */
    Tensor denseWithoutBias(String name, int features);

    /** The same as {@link Net#scope} with this operand, for blocks that have no {@link Net} at hand. */
    Tensor scope(String name, Block block);
}
