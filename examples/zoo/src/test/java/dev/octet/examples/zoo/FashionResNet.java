package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.GRAY;
import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Target;
import dev.octet.dsl.Tensor;

/** The network of {@code examples/fashion}, whose module is built with the annotation processor and a project of its own. */
@QuantizedNetwork(
        weights = "fashion.safetensors",
        targets = Target.SM_80,
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {1, 28, 28},
                        image = @Image(order = GRAY, scale = 1 / 255f, mean = .2860f, std = .3530f)),
        outputs = @Port(name = "logits", shape = 10))
final class FashionResNet implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;

    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 16, kernel(3).stride(2).pad(1))
                .batchNorm("bn1", EPSILON)
                .relu();
        x = net.scope("b1", x, b -> branch(b, 16, 1).add(b).relu());
        x = net.scope("b2", x, FashionResNet::halved);
        x = net.scope("b3", x, FashionResNet::halved);
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    }

    private static Tensor halved(Tensor x) {
        int channels = 2 * x.channels();
        Tensor shortcut = x.conv2d("down.0", channels, kernel(1).stride(2)).batchNorm("down.1", EPSILON);
        return branch(x, channels, 2).add(shortcut).relu();
    }

    private static Tensor branch(Tensor x, int channels, int stride) {
        return x.conv2d("conv1", channels, kernel(3).stride(stride).pad(1))
                .batchNorm("bn1", EPSILON)
                .relu()
                .conv2d("conv2", channels, kernel(3).pad(1))
                .batchNorm("bn2", EPSILON);
    }
}
