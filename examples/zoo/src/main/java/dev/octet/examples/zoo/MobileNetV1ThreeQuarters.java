package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;

/** MobileNet v1, of three quarters of the width. */
@QuantizedNetwork(
        weights = "mobilenet_v1_0.75_224.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 224, 224},
                        image =
                                @Image(
                                        order = RGB,
                                        scale = 1 / 127.5f,
                                        mean = {1, 1, 1})),
        outputs = @Port(name = "logits", shape = 1000))
public final class MobileNetV1ThreeQuarters extends MobileNetV1 {
    /** The definition. */
    public MobileNetV1ThreeQuarters() {
        super(75);
    }
}
