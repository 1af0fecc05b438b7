package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.BGR;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import java.util.Set;

/** SqueezeNet 1.0: a wide first layer, and pooling late. */
@QuantizedNetwork(
        weights = "squeezenet1.0.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 227, 227},
                        image =
                                @Image(
                                        order = BGR,
                                        mean = {104, 117, 123})),
        outputs = @Port(name = "logits", shape = 1000))
public final class SqueezeNet10 extends SqueezeNet {
    /** The definition. */
    public SqueezeNet10() {
        super(96, kernel(7).stride(2), Set.of(4, 8));
    }
}
