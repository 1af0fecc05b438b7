package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;

/** ResNet-56 for CIFAR-10. */
@QuantizedNetwork(
        weights = "cifar10-resnet56.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 32, 32},
                        image =
                                @Image(
                                        order = RGB,
                                        scale = 1 / 255f,
                                        mean = {.485f, .456f, .406f},
                                        std = {.229f, .224f, .225f})),
        outputs = @Port(name = "logits", shape = 10))
public final class CifarResNet56 extends CifarResNet {
    /** The definition. */
    public CifarResNet56() {
        super(9);
    }
}
