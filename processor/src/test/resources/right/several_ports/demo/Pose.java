package demo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.ChannelOrder;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

@QuantizedNetwork(
        weights = "pose.safetensors",
        maxBatch = 16,
        inputs = {
            @Port(
                    name = "photo",
                    shape = {3, 64, 64},
                    image = @Image(order = ChannelOrder.RGB, scale = 1 / 255f)),
            @Port(name = "meta", shape = 8)
        },
        outputs = {@Port(name = "logits", shape = 10), @Port(name = "pose", shape = 6)})
final class Pose implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("photo")
                .conv2d("conv", 32, kernel(3).stride(2).bias())
                .relu()
                .globalAvgPool();
        Tensor y = x.dense("image_fc", 32)
                .add(net.input("meta").dense("meta_fc", 32))
                .relu();
        net.output("logits", y.dense("logits_fc", 10));
        net.output("pose", y.dense("pose_fc", 6));
    }
}
