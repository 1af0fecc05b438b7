package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/**
 * ResNet-50 (He et al., Deep Residual Learning for Image Recognition, 2015) in the variant 1.5, which halves height and
 * width in a block's 3x3 convolution rather than its first. Layers are called as in torchvision.
 */
@QuantizedNetwork(
        weights = "resnet50.safetensors",
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
public final class ResNet50 implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;
    /** Channels of a block's result for each channel within. */
    private static final int EXPANSION = 4;

    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 64, kernel(7).stride(2).pad(3))
                .batchNorm("bn1", EPSILON)
                .relu()
                .maxPool(kernel(3).stride(2).pad(1));
        x = stage(x, "layer1", 3, 64, 1);
        x = stage(x, "layer2", 4, 128, 2);
        x = stage(x, "layer3", 6, 256, 2);
        x = stage(x, "layer4", 3, 512, 2);
        net.output("logits", x.globalAvgPool().dense("fc", 1000));
    }

    /** Blocks of equal shape; the first has the stride. */
    private static Tensor stage(Tensor x, String name, int blocks, int width, int stride) {
        Tensor y = x.scope(name + ".0", first -> bottleneck(first, width, stride));
        for (int i = 1; i < blocks; i++) {
            y = y.scope(name + "." + i, next -> bottleneck(next, width, 1));
        }
        return y;
    }

    /** Reduces to {@code width} channels, convolves, and expands again, beside the identity or a 1x1 convolution. */
    private static Tensor bottleneck(Tensor x, int width, int stride) {
        int channels = EXPANSION * width;
        Tensor branch = x.conv2d("conv1", width, kernel(1))
                .batchNorm("bn1", EPSILON)
                .relu()
                .conv2d("conv2", width, kernel(3).stride(stride).pad(1))
                .batchNorm("bn2", EPSILON)
                .relu()
                .conv2d("conv3", channels, kernel(1))
                .batchNorm("bn3", EPSILON);
        boolean identity = stride == 1 && x.channels() == channels;
        Tensor shortcut = identity
                ? x
                : x.conv2d("downsample.0", channels, kernel(1).stride(stride)).batchNorm("downsample.1", EPSILON);
        return branch.add(shortcut).relu();
    }
}
