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

/** A small network that uses every operator and every activation, and has a layer in FP32. */
@QuantizedNetwork(
        weights = "all.safetensors",
        targets = Target.SM_80,
        maxBatch = 4,
        inputs =
                @Port(
                        name = "photo",
                        shape = {3, 24, 24},
                        image =
                                @Image(
                                        order = ChannelOrder.RGB,
                                        scale = 1 / 128f,
                                        mean = {1, 1, 1},
                                        std = {1, .9f, 1.1f})),
        outputs = @Port(name = "scores", shape = 10))
final class AllOperators implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("photo")
                .conv2d("stem", 16, kernel(3).pad(1))
                .batchNorm("norm", 1e-5f)
                .hardSwish();
        x = x.conv2d("depthwise", 16, kernel(3).same().stride(2).groups(16)).relu6();
        Tensor gates =
                x.globalAvgPool().dense("squeeze", 8).relu().dense("excite", 16).hardSigmoid();
        x = x.gate(gates);
        Tensor left = x.conv2d("left", 12, kernel(3).pad(2).dilation(2).bias()).leakyRelu(.1f);
        Tensor right = x.avgPool(kernel(3).stride(1).pad(1))
                .conv2d("right", 12, kernel(1).bias())
                .elu(1);
        Tensor far =
                x.avgPool("far", kernel(3).stride(2).ceil().uncountedPadding()).upsample(2);
        x = left.concat(right, far).sliceChannels(4, 32);
        x = x.conv2d("float", 20, kernel(3).pad(1).bias()).keepFp32().gelu();
        Tensor wide = x.padChannels(2, 2).conv2d("swish", 24, kernel(1).bias()).swish();
        Tensor narrow = x.maxPool(kernel(3).stride(1).pad(1))
                .conv2d("tanh", 24, kernel(1))
                .tanh();
        x = wide.add(narrow)
                .relu()
                .conv2d("last", 24, kernel(3).pad(1))
                .add(wide)
                .subsample(2)
                .sigmoid();
        net.output("scores", x.flatten().dense("fc", 10).softmax());
    }
}
