package demo;

import static dev.octet.dsl.ChannelOrder.GRAY;
import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

@QuantizedNetwork(
        weights = "net.safetensors",
        inputs = @Port(name = "image", shape = {1, 8, 8}, image = @Image(order = GRAY, scale = 1 / 255f)),
        outputs = @Port(name = "logits", shape = 10))
public final class Wrong implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("image").conv2d("conv1", 4, kernel(3).pad(1)).relu();
        x = x.softmax(); // error
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    }
}
