package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.BGR;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import java.util.Set;

/** SqueezeNet 1.1: less than half the work of 1.0, for as good results. */
@QuantizedNetwork(
        weights = "squeezenet1.1.safetensors",
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
public final class SqueezeNet11 extends SqueezeNet {
    /** The definition. */
    public SqueezeNet11() {
        super(64, kernel(3).stride(2), Set.of(3, 5));
    }
}
