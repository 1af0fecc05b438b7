package org.example.vision;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/** Grey images, two convolutions in a loop, weights in a subfolder. */
@QuantizedNetwork(
        weights = "grey/shapes.safetensors",
        maxBatch = 16,
        inputs = @Port(
                name = "picture",
                shape = {1, 8, 8},
                image = @Image(order = ChannelOrder.GRAY, scale = 1 / 255f, mean = .5f, std = .5f)),
        outputs = @Port(name = "scores", shape = 3))
public final class Shapes implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("picture");
        for (String name : new String[] {"first", "second"}) {
            x = net.scope(name, x, Layers.convolution(20));
        }
        net.output("scores", x.globalAvgPool().dense("fc", 3));
    }
}
