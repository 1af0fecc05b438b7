package com.acme;

import static dev.octet.dsl.ChannelOrder.RGB;
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

/** Imported from {@code residual.onnx}. */
@QuantizedNetwork(
        weights = "residual.safetensors",
        targets = {SM_61, SM_75, SM_80, SM_90A},
        maxBatch = 8,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 8, 8},
                        image =
                                @Image(
                                        order = RGB,
                                        scale = 1 / 255f,
                                        mean = {.485f, .456f, .406f},
                                        std = {.229f, .224f, .225f})),
        outputs = @Port(name = "scores", shape = 5))
public final class Sample implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("image").conv2d("conv1", 4, kernel(3).pad(1).bias()).relu();
        for (int i = 0; i < 3; i++) {
            x = x.scope("stage1." + i, Sample::residual);
        }
        x = x.scope("stage2.0", Sample::projected);
        x = x.scope("stage2.1", Sample::residual);
        net.output("scores", x.globalAvgPool().dense("fc", 5));
    }

    private static Tensor residual(Tensor x) {
        return x.conv2d("conv1", x.channels(), kernel(3).pad(1).bias())
                .relu()
                .conv2d("conv2", x.channels(), kernel(3).pad(1).bias())
                .add(x)
                .relu();
    }

    private static Tensor projected(Tensor x) {
        return x.conv2d("conv1", 8, kernel(3).stride(2).pad(1).bias())
                .relu()
                .conv2d("conv2", 8, kernel(3).pad(1).bias())
                .add(x.conv2d("down", 8, kernel(1).stride(2)))
                .relu();
    }
}
