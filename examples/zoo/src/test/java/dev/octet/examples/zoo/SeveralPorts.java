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

/**
 * A network of an image, a map of floats that is added to what becomes of the image, and a vector of floats that joins in a
 * dense layer; with a vector and a map as outputs.
 */
@QuantizedNetwork(
        weights = "several.safetensors",
        targets = {Target.SM_61, Target.SM_80},
        maxBatch = 4,
        inputs = {
            @Port(name = "meta", shape = 20),
            @Port(
                    name = "photo",
                    shape = {3, 16, 16},
                    image =
                            @Image(
                                    order = ChannelOrder.RGB,
                                    scale = 1 / 128f,
                                    mean = {1, 1, 1},
                                    std = {1, 1, 1})),
            @Port(
                    name = "depth",
                    shape = {17, 8, 8})
        },
        outputs = {
            @Port(name = "logits", shape = 10),
            @Port(
                    name = "boxes",
                    shape = {4, 8, 8})
        })
final class SeveralPorts implements NetworkDefinition {
    static final int META = 20;
    static final int PHOTO = 3 * 16 * 16;
    static final int DEPTH = 17 * 8 * 8;

    @Override
    public void define(Net net) {
        Tensor image = net.input("photo").conv2d("stem", 17, kernel(3).stride(2).pad(1));
        Tensor x = net.input("depth").add("joined", image).relu();
        x = x.conv2d("conv", 24, kernel(3).pad(1)).relu();
        Tensor meta = net.input("meta").dense("meta_fc", 24);
        Tensor y = x.globalAvgPool().dense("image_fc", 24).add("sum", meta).relu();
        net.output("logits", y.dense("logits_fc", 10));
        net.output("boxes", x.conv2d("boxes_conv", 4, kernel(1)));
    }
}
