package org.example;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/** Adds values of different shapes. */
@QuantizedNetwork(
        weights = "wrong.safetensors",
        inputs = @Port(
                name = "picture",
                shape = {1, 8, 8},
                image = @Image(order = ChannelOrder.GRAY)),
        outputs = @Port(name = "scores", shape = 4))
public final class Wrong implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("picture");
        Tensor y = x.conv2d("conv", 4, kernel(3).pad(1));
        Tensor sum = x.add(y);
        net.output("scores", sum.globalAvgPool().dense("fc", 4));
    }
}
