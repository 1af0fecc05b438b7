package dev.octet.examples.fashion;

import static dev.octet.dsl.ChannelOrder.GRAY;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_75;
import static dev.octet.dsl.Target.SM_80;
import static dev.octet.dsl.Target.SM_90A;

import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/** A residual network of ten weighted layers that tells ten kinds of clothes apart in 28x28 grey images. */
@QuantizedNetwork(
        weights = "fashion.safetensors",
        targets = {SM_61, SM_75, SM_80, SM_90A},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {1, 28, 28},
                        image = @Image(order = GRAY, scale = 1 / 255f, mean = .2860f, std = .3530f)),
        outputs = @Port(name = "logits", shape = 10))
public final class Fashion implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 16, kernel(3).stride(2).pad(1))
                .batchNorm("bn1", Blocks.EPSILON)
                .relu();
        x = net.scope("b1", x, Blocks::residual);
        x = net.scope("b2", x, Blocks::downsampling);
        x = net.scope("b3", x, Blocks::downsampling);
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    }
}
