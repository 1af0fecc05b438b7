package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/**
 * MobileNetV2 (Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018). Layers are called as in
 * torchvision.
 */
@QuantizedNetwork(
        weights = "mobilenet_v2.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 224, 224},
                        image =
                                @Image(
                                        order = RGB,
                                        scale = 1 / 255f,
                                        mean = {.485f, .456f, .406f},
                                        std = {.229f, .224f, .225f})),
        outputs = @Port(name = "logits", shape = 1000))
public final class MobileNetV2 implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;
    /** Expansion, channels, blocks, and stride of the first block, for each stage. */
    private static final int[][] STAGES = {
        {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
    };

    @Override
    public void define(Net net) {
        Tensor x = convolve(
                net.input("image"), "features.0", 32, kernel(3).stride(2).pad(1));
        int index = 1;
        for (int[] stage : STAGES) {
            for (int i = 0; i < stage[2]; i++) {
                int stride = i == 0 ? stage[3] : 1;
                x = x.scope("features." + index++ + ".conv", block -> block(block, stage[0], stage[1], stride));
            }
        }
        x = convolve(x, "features." + index, 1280, kernel(1));
        net.output("logits", x.globalAvgPool().dense("classifier.1", 1000));
    }

    /** Expands, convolves each channel by itself, and projects without an activation. */
    private static Tensor block(Tensor x, int expansion, int channels, int stride) {
        int layer = 0;
        Tensor y = expansion == 1 ? x : convolve(x, "" + layer++, expansion * x.channels(), kernel(1));
        Kernel depthwise = kernel(3).stride(stride).pad(1).groups(y.channels());
        y = convolve(y, "" + layer++, y.channels(), depthwise);
        y = y.conv2d("" + layer++, channels, kernel(1)).batchNorm("" + layer, EPSILON);
        return y.shape().equals(x.shape()) ? y.add(x) : y;
    }

    private static Tensor convolve(Tensor x, String layer, int channels, Kernel kernel) {
        return x.conv2d(layer + ".0", channels, kernel)
                .batchNorm(layer + ".1", EPSILON)
                .relu6();
    }
}
