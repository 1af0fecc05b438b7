package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;

/**
 * MobileNet (Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications, 2017).
 * Layers are called as in Keras, and padded as in TensorFlow.
 */
public abstract class MobileNetV1 implements NetworkDefinition {
    private static final float EPSILON = 1e-3f;
    /** Channels and stride of each block at full width. */
    private static final int[][] BLOCKS = {
        {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {512, 1},
        {1024, 2}, {1024, 1}
    };

    private final int percent;

    /**
     * A network of some width.
     *
     * @param percent share of the channels of the full width
     */
    MobileNetV1(int percent) {
        this.percent = percent;
    }

    @Override
    public final void define(Net net) {
        Tensor x = convolve(
                net.input("image"), "conv1", width(32), kernel(3).stride(2).same());
        for (int i = 0; i < BLOCKS.length; i++) {
            Kernel depthwise = kernel(3).stride(BLOCKS[i][1]).same().groups(x.channels());
            x = convolve(x, "conv_dw_" + (i + 1), x.channels(), depthwise);
            x = convolve(x, "conv_pw_" + (i + 1), width(BLOCKS[i][0]), kernel(1));
        }
        net.output(
                "logits",
                x.globalAvgPool().conv2d("conv_preds", 1000, kernel(1).bias()).flatten());
    }

    private int width(int channels) {
        return channels * percent / 100;
    }

    private static Tensor convolve(Tensor x, String layer, int channels, Kernel kernel) {
        return x.conv2d(layer, channels, kernel)
                .batchNorm(layer + "_bn", EPSILON)
                .relu6();
    }
}
