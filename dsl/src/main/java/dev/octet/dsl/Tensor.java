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
     * <pre>{@code
     * x.conv2d("conv1", 64, kernel(7).stride(2).pad(3))
     * x.conv2d("wide", 256, kernel(3).dilation(2).pad(2).bias())
     * x.conv2d("split", 128, kernel(3).pad(1).groups(32))
     * }</pre>
     *
     * @param name layer name; the weights are {@code <name>.weight}, of shape [outChannels,C/groups,rows,columns], and
     *     with a bias {@code <name>.bias}, of shape [outChannels]
     * @param outChannels number of output channels
     * @param kernel size, stride (1 unless given), dilation, padding with zeros, groups, and bias
     */
    Tensor conv2d(String name, int outChannels, Kernel kernel);

    /**
     * Depthwise convolution: a {@link #conv2d} of as many groups and output channels as the operand has channels. The
     * weights are of shape [C,1,rows,columns].
     *
     * <pre>{@code
     * x.depthwiseConv2d("dw", kernel(3).stride(2).same())
     * }</pre>
     */
    default Tensor depthwiseConv2d(String name, Kernel kernel) {
        return conv2d(name, channels(), kernel.groups(channels()));
    }

    /**
     * Batch normalisation as in inference, per channel. Best called on the result of a layer, which then takes it up.
     *
     * <pre>{@code
     * x.conv2d("conv1", 64, kernel(3).pad(1)).batchNorm("bn1", 1e-5f).relu()
     * }</pre>
     *
     * @param name layer name; the weights are {@code <name>.weight}, {@code .bias}, {@code .running_mean} and
     *     {@code .running_var}, of shape [channels]
     * @param epsilon added to the variance, positive
     */
    Tensor batchNorm(String name, float epsilon);

    /**
     * {@code max(x, 0)}, named {@code <this>.relu}.
     *
     * <pre>{@code
     * x.relu()
     * }</pre>
     */
    Tensor relu();

    /** {@code max(x, 0)}. */
    Tensor relu(String name);

    /**
     * {@code min(max(x, 0), 6)}, named {@code <this>.relu6}.
     *
     * <pre>{@code
     * x.relu6()
     * }</pre>
     */
    Tensor relu6();

    /**
     * {@code x}, or {@code slope * x} where x is negative, named {@code <this>.leakyRelu}.
     *
     * <pre>{@code
     * x.leakyRelu(0.1f)
     * }</pre>
     */
    Tensor leakyRelu(float slope);

    /**
     * {@code x}, or {@code alpha * (exp(x) - 1)} where x is negative, named {@code <this>.elu}.
     *
     * <pre>{@code
     * x.elu(1)
     * }</pre>
     */
    Tensor elu(float alpha);

    /**
     * {@code 1 / (1 + exp(-x))}, named {@code <this>.sigmoid}.
     *
     * <pre>{@code
     * x.sigmoid()
     * }</pre>
     */
    Tensor sigmoid();

    /**
     * {@code relu6(x + 3) / 6}, named {@code <this>.hardSigmoid}.
     *
     * <pre>{@code
     * x.hardSigmoid()
     * }</pre>
     */
    Tensor hardSigmoid();

    /**
     * Hyperbolic tangent, named {@code <this>.tanh}.
     *
     * <pre>{@code
     * x.tanh()
     * }</pre>
     */
    Tensor tanh();

    /**
     * {@code x * sigmoid(x)}, also known as SiLU, named {@code <this>.swish}.
     *
     * <pre>{@code
     * x.swish()
     * }</pre>
     */
    Tensor swish();

    /**
     * {@code x * relu6(x + 3) / 6}, named {@code <this>.hardSwish}.
     *
     * <pre>{@code
     * x.hardSwish()
     * }</pre>
     */
    Tensor hardSwish();

    /**
     * {@code x * (1 + erf(x / sqrt(2))) / 2}, named {@code <this>.gelu}.
     *
     * <pre>{@code
     * x.gelu()
     * }</pre>
     */
    Tensor gelu();

    /**
     * Sum with a value of equal shape, named {@code <this>.add}.
     *
     * <pre>{@code
     * x.add(x.conv2d("conv1", 32, kernel(3).pad(1)).batchNorm("bn1", 1e-5f)).relu()
     * }</pre>
     */
    Tensor add(Tensor other);

    /** Sum with a value of equal shape. */
    Tensor add(String name, Tensor other);

    /**
     * Product of each channel of [C,H,W] with its gate, named {@code <this>.gate}: the end of squeeze-and-excitation.
     *
     * <pre>{@code
     * x.gate(x.globalAvgPool().conv2d("fc1", 8, kernel(1).bias()).relu().conv2d("fc2", 32, kernel(1).bias()).sigmoid())
     * }</pre>
     *
     * @param gates one factor per channel, [C,1,1] or [C]
     */
    Tensor gate(Tensor gates);

    /** As {@link #gate(Tensor)}, with a name. */
    Tensor gate(String name, Tensor gates);

    /**
     * The channels of this value and then those of others of equal height and width, named {@code <this>.concat}.
     *
     * <pre>{@code
     * x.conv2d("expand1x1", 64, kernel(1)).relu().concat(x.conv2d("expand3x3", 64, kernel(3).pad(1)).relu())
     * }</pre>
     */
    Tensor concat(Tensor... others);

    /** As {@link #concat(Tensor...)}, with a name. */
    Tensor concat(String name, Tensor... others);

    /**
     * Neighbouring channels, named {@code <this>.slice}.
     *
     * <pre>{@code
     * x.sliceChannels(0, 16)
     * }</pre>
     *
     * @param first the first channel
     * @param count how many
     */
    Tensor sliceChannels(int first, int count);

    /** As {@link #sliceChannels(int, int)}, with a name. */
    Tensor sliceChannels(String name, int first, int count);

    /**
     * Channels of zeros before and after this value's, named {@code <this>.pad}. With {@link #subsample} it is the shortcut
     * without weights ("option A") of the residual networks for CIFAR:
     *
     * <pre>{@code
     * x.subsample(2).padChannels(8, 8)
     * }</pre>
     */
    Tensor padChannels(int before, int after);

    /** As {@link #padChannels(int, int)}, with a name. */
    Tensor padChannels(String name, int before, int after);

    /**
     * Every {@code stride}-th pixel of every {@code stride}-th row, from the first, named {@code <this>.subsample}.
     *
     * <pre>{@code
     * x.subsample(2)
     * }</pre>
     */
    Tensor subsample(int stride);

    /** As {@link #subsample(int)}, with a name. */
    Tensor subsample(String name, int stride);

    /**
     * Nearest-neighbour upsampling: each pixel becomes {@code factor} rows and columns of equal ones; named
     * {@code <this>.upsample}.
     *
     * <pre>{@code
     * x.upsample(2)
     * }</pre>
     */
    Tensor upsample(int factor);

    /** As {@link #upsample(int)}, with a name. */
    Tensor upsample(String name, int factor);

    /**
     * An operator that is not part of Octet, with this value as its first operand.
     *
     * @param name name of the value
     * @param operator the operator
     * @param others further operands
     */
    Tensor apply(String name, CustomOperator operator, Tensor... others);

    /**
     * {@code exp(x) / sum(exp(x))} over the features or, of an image, over the channels of each pixel; named
     * {@code <this>.softmax}. Only outputs can use it; it is computed in floats on the host.
     *
     * <pre>{@code
     * net.output("probabilities", x.globalAvgPool().dense("fc", 10).softmax())
     * }</pre>
     */
    Tensor softmax();

    /**
     * Maximum over a window of [C,H,W], named {@code <this>.maxPool}.
     *
     * <pre>{@code
     * x.maxPool(kernel(3).stride(2).ceil())
     * }</pre>
     *
     * @param kernel size, stride (the size unless given), padding, which never wins, and rounding of the result's extents
     */
    Tensor maxPool(Kernel kernel);

    /** As {@link #maxPool(Kernel)}, with a name. */
    Tensor maxPool(String name, Kernel kernel);

    /**
     * Mean over a window of [C,H,W], named {@code <this>.avgPool}. Padding counts as zeros unless the kernel says otherwise.
     *
     * <pre>{@code
     * x.avgPool(kernel(3).stride(1).pad(1).uncountedPadding())
     * }</pre>
     *
     * @param kernel size, stride (the size unless given), padding, and rounding of the result's extents
     */
    Tensor avgPool(Kernel kernel);

    /** As {@link #avgPool(Kernel)}, with a name. */
    Tensor avgPool(String name, Kernel kernel);

    /**
     * Mean over the pixels of each channel, [C,H,W] to [C,1,1], named {@code <this>.globalAvgPool}.
     *
     * <pre>{@code
     * x.globalAvgPool().dense("fc", 1000)
     * }</pre>
     */
    Tensor globalAvgPool();

    /** Mean over the pixels of each channel, [C,H,W] to [C,1,1]. */
    Tensor globalAvgPool(String name);

    /**
     * [C,H,W] to [C*H*W] in this order, named {@code <this>.flatten}.
     *
     * <pre>{@code
     * x.flatten().dense("fc", 64)
     * }</pre>
     */
    Tensor flatten();

    /** [C,H,W] to [C*H*W] in this order. */
    Tensor flatten(String name);

    /**
     * Fully connected layer with a bias, from [n] or [n,1,1] to [features].
     *
     * <pre>{@code
     * x.globalAvgPool().dense("hidden", 64).relu().dense("fc", 10)
     * }</pre>
     *
     * @param name layer name; the weights are {@code <name>.weight}, of shape [features,n], and {@code <name>.bias}, of
     *     shape [features]
     * @param features number of outputs
     */
    Tensor dense(String name, int features);

    /**
     * As {@link #dense}, without a bias.
     *
     * <pre>{@code
     * x.flatten().denseWithoutBias("fc", 10)
     * }</pre>
     */
    Tensor denseWithoutBias(String name, int features);

    /**
     * Keeps the layer that made this value in FP32, on every device, with what is computed together with it: a convolution
     * with its batch normalisation, addition and relu. Its neighbours stay in INT8. For layers that lose too much accuracy,
     * most often the first and the last.
     *
     * <pre>{@code
     * x.globalAvgPool().dense("fc", 10).keepFp32()
     * }</pre>
     *
     * The same can be said without changing the definition, in a precision file.
     *
     * @return this value
     */
    Tensor keepFp32();

    /**
     * The same as {@link Net#scope} with this operand, for blocks that have no {@link Net} at hand.
     *
     * <pre>{@code
     * x.scope("b1", y -> y.conv2d("conv1", 32, kernel(1)).relu())
     * }</pre>
     */
    Tensor scope(String name, Block block);
}
