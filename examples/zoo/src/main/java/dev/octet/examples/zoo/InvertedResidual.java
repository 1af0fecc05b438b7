package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Block;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Tensor;

/**
 * Block that expands, convolves each channel by itself, weighs the channels (Hu et al., Squeeze-and-Excitation Networks,
 * 2018) and projects without an activation; torchvision's MobileNetV3 and EfficientNet consist of such.
 *
 * @param expanded channels within
 * @param channels channels of the result
 * @param depthwise size of the depthwise kernel
 * @param stride its stride
 * @param squeezed channels between the layers that weigh; 0 if nothing does
 * @param style what all blocks of a network, or some, have in common
 */
record InvertedResidual(int expanded, int channels, int depthwise, int stride, int squeezed, Style style)
        implements Block {
    /**
     * Functions of a block.
     *
     * @param activation behind the expansion and the depthwise convolution
     * @param squeeze between the layers that weigh
     * @param weigh from their result to weights of channels
     * @param epsilon of the batch normalisations
     */
    record Style(Block activation, Block squeeze, Block weigh, float epsilon) {
        /** A convolution, its normalisation, and the activation. */
        Tensor convolve(Tensor x, String layer, int channels, Kernel kernel) {
            return activation.apply(linear(x, layer, channels, kernel));
        }

        private Tensor linear(Tensor x, String layer, int channels, Kernel kernel) {
            return x.conv2d(layer + ".0", channels, kernel).batchNorm(layer + ".1", epsilon);
        }
    }

    @Override
    public Tensor apply(Tensor x) {
        int layer = 0;
        Tensor y = expanded == x.channels() ? x : style.convolve(x, "" + layer++, expanded, kernel(1));
        Kernel each = kernel(depthwise).stride(stride).pad(depthwise / 2).groups(expanded);
        y = style.convolve(y, "" + layer++, expanded, each);
        y = squeezed == 0 ? y : y.gate(y.scope("" + layer++, this::weights));
        y = style.linear(y, "" + layer, channels, kernel(1));
        return y.shape().equals(x.shape()) ? y.add(x) : y;
    }

    private Tensor weights(Tensor x) {
        Tensor squeeze = x.globalAvgPool().conv2d("fc1", squeezed, kernel(1).bias());
        return style.weigh.apply(
                style.squeeze.apply(squeeze).conv2d("fc2", expanded, kernel(1).bias()));
    }
}
