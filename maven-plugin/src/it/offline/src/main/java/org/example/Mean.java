package org.example;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;

/** The mean of each colour. */
@QuantizedNetwork(
        weights = "none.safetensors",
        inputs = @Port(
                name = "picture",
                shape = {3, 8, 8},
                image = @Image(order = ChannelOrder.RGB)),
        outputs = @Port(name = "colours", shape = 3))
public final class Mean implements NetworkDefinition {
    @Override
    public void define(Net net) {
        net.output("colours", net.input("picture").globalAvgPool().flatten());
    }
}
