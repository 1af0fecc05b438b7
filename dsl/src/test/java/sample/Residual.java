package sample;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/** A small residual network with a scope, a nested scope and a shared block. */
@QuantizedNetwork(
        weights = "residual.safetensors",
        maxBatch = 8,
        inputs =
                @Port(
                        name = "image",
                        shape = {1, 28, 28},
                        image = @Image(order = ChannelOrder.GRAY, scale = 1 / 255f, mean = .25f, std = .5f)),
        outputs = @Port(name = "logits", shape = 10))
final class Residual implements NetworkDefinition {
    /** Line of the first call; the three calls chained to it stand on the lines after it. */
    static final int STEM_LINE = 29;

    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 16, kernel(3).pad(1))
                .batchNorm("bn1", 1e-5f)
                .relu();
        x = net.scope("b1", x, Residual::block).maxPool(kernel(2));
        x = net.scope("b2", x, y -> y.scope("inner", Residual::block));
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    }

    private static Tensor block(Tensor x) {
        Tensor y = x.conv2d("conv1", x.channels(), kernel(3).pad(1));
        return y.add("sum", x).relu();
    }
}
