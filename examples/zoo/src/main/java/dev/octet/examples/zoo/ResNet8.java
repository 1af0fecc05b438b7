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
 * The image classifier of MLPerf Tiny (Banbury et al., MLPerf Tiny Benchmark, 2021): a residual network of 8 layers for
 * CIFAR-10, on bytes as they are. Convolutions and normalisations are numbered in the order of the original, and padded as in
 * TensorFlow.
 */
@QuantizedNetwork(
        weights = "cifar10-resnet8-mlperftiny.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 32, 32},
                        image = @Image(order = RGB)),
        outputs = @Port(name = "logits", shape = 10))
public final class ResNet8 implements NetworkDefinition {
    private static final float EPSILON = 1e-3f;

    @Override
    public void define(Net net) {
        Tensor x = convolve(net.input("image"), 0, 0, 16, 1).relu();
        x = convolve(convolve(x, 1, 1, 16, 1).relu(), 2, 2, 16, 1).add(x).relu();
        x = halved(x, 3, 3, 32);
        x = halved(x, 6, 5, 64);
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    }

    /** A block of half the height and width, whose shortcut is a convolution without a normalisation. */
    private static Tensor halved(Tensor x, int layer, int norm, int channels) {
        Tensor branch = convolve(x, layer, norm, channels, 2).relu();
        Tensor shortcut = x.conv2d(
                "conv" + (layer + 2), channels, kernel(1).stride(2).same().bias());
        return convolve(branch, layer + 1, norm + 1, channels, 1).add(shortcut).relu();
    }

    private static Tensor convolve(Tensor x, int layer, int norm, int channels, int stride) {
        return x.conv2d(
                        "conv" + layer,
                        channels,
                        kernel(3).stride(stride).same().bias())
                .batchNorm("bn" + norm, EPSILON);
    }
}
