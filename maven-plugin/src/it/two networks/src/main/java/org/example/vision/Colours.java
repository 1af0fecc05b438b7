package org.example.vision;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;

/** Colour images of odd sizes, with pooling and a dense layer over pixels. */
@QuantizedNetwork(
        weights = "colours.safetensors",
        maxBatch = 4,
        inputs = @Port(
                name = "picture",
                shape = {3, 9, 11},
                image = @Image(order = ChannelOrder.RGB, scale = 1 / 128f, mean = {1, 1, 1}, std = {1, 1, 1})),
        outputs = @Port(name = "scores", shape = 5))
public final class Colours implements NetworkDefinition {
    @Override
    public void define(Net net) {
        net.output(
                "scores",
                net.scope("stem", net.input("picture"), Layers.convolution(8))
                        .maxPool(kernel(2))
                        .flatten()
                        .dense("fc", 5));
    }
}
