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

/** A small network of one image that has nearly every operator, on channels that need padding. */
@QuantizedNetwork(
        weights = "many.safetensors",
        targets = Target.SM_80,
        maxBatch = 4,
        inputs =
                @Port(
                        name = "photo",
                        shape = {3, 12, 12},
                        image =
                                @Image(
                                        order = ChannelOrder.RGB,
                                        scale = 1 / 128f,
                                        mean = {1, 1, 1},
                                        std = {1, 1, 1})),
        outputs = {
            @Port(name = "scores", shape = 10),
            @Port(
                    name = "map",
                    shape = {5, 12, 12})
        })
final class ManyOperators implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor stem = net.input("photo").conv2d("stem", 13, kernel(3).pad(1)).relu();
        Tensor x = stem.depthwiseConv2d("depthwise", kernel(3).stride(2).pad(1)).swish();
        x = x.concat(stem.maxPool(kernel(2).stride(2)), stem.avgPool(kernel(2).stride(2)));
        Tensor gates = x.globalAvgPool().dense("gates", 39).sigmoid();
        x = x.gate(gates).sliceChannels(5, 22).padChannels(1, 3).gelu();
        Tensor wide = x.conv2d("wide", 5, kernel(1)).leakyRelu(.1f).upsample(2);
        net.output("map", wide.add(stem.conv2d("side", 5, kernel(1))).tanh());
        net.output("scores", x.subsample(2).flatten().dense("fc", 10).softmax());
    }
}
