package org.example;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;

/** Takes its padding from another class. */
@QuantizedNetwork(
        weights = "net.safetensors",
        inputs = @Port(
                name = "picture",
                shape = {1, 8, 8},
                image = @Image(order = ChannelOrder.GRAY, scale = 1 / 255f, mean = .5f, std = .5f)),
        outputs = @Port(name = "scores", shape = 4))
public final class Shapes implements NetworkDefinition {
    @Override
    public void define(Net net) {
        net.output("scores", net.input("picture").conv2d("conv", 4, kernel(3).pad(Padding.of())).relu().globalAvgPool().flatten());
    }
}
