package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Target;
import dev.octet.dsl.Tensor;

/** Begins like a ResNet, with a convolution that is pooled, and has a dense layer for tensor cores. */
@QuantizedNetwork(
        weights = "stem.safetensors",
        targets = {Target.SM_61, Target.SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 61, 61},
                        image =
                                @Image(
                                        order = ChannelOrder.RGB,
                                        scale = 1 / 255f,
                                        mean = {.48f, .46f, .41f},
                                        std = {.23f, .22f, .23f})),
        outputs = @Port(name = "logits", shape = 100))
final class PooledStem implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 64, kernel(7).stride(2).pad(3))
                .batchNorm("bn1", 1e-5f)
                .relu()
                .maxPool(kernel(3).stride(2).pad(1));
        x = x.conv2d("conv2", 24, kernel(3).stride(2).pad(1).bias()).relu();
        net.output("logits", x.flatten().dense("fc", 100));
    }
}
