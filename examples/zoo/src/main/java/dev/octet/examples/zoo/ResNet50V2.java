package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/**
 * ResNet-50 v2 (He et al., Identity Mappings in Deep Residual Networks, 2016), which normalises and activates before it
 * convolves, so that a block adds to what no function has changed. As in MXNet's model zoo, whose names the layers have: the
 * image is not prepared but normalised by {@code bn_data}, whose factor is 1.
 */
@QuantizedNetwork(
        weights = "resnet50_v2.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 224, 224},
                        image = @Image(order = RGB)),
        outputs = @Port(name = "logits", shape = 1000))
public final class ResNet50V2 implements NetworkDefinition {
    private static final float EPSILON = 2e-5f;
    private static final int[] UNITS = {3, 4, 6, 3};

    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .batchNorm("bn_data", EPSILON)
                .conv2d("conv0", 64, kernel(7).stride(2).pad(3))
                .batchNorm("bn0", EPSILON)
                .relu()
                .maxPool(kernel(3).stride(2).pad(1));
        for (int stage = 0; stage < UNITS.length; stage++) {
            for (int unit = 0; unit < UNITS[stage]; unit++) {
                int stride = unit == 0 && stage > 0 ? 2 : 1;
                x = unit(x, "stage" + (stage + 1) + "_unit" + (unit + 1), 256 << stage, stride);
            }
        }
        net.output("logits", x.batchNorm("bn1", EPSILON).relu().globalAvgPool().dense("fc1", 1000));
    }

    private static Tensor unit(Tensor x, String name, int channels, int stride) {
        Tensor active = x.batchNorm(name + "_bn1", EPSILON).relu();
        Tensor branch = active.conv2d(name + "_conv1", channels / 4, kernel(1))
                .batchNorm(name + "_bn2", EPSILON)
                .relu()
                .conv2d(name + "_conv2", channels / 4, kernel(3).stride(stride).pad(1))
                .batchNorm(name + "_bn3", EPSILON)
                .relu()
                .conv2d(name + "_conv3", channels, kernel(1));
        boolean identity = branch.shape().equals(x.shape());
        return branch.add(
                identity ? x : active.conv2d(name + "_sc", channels, kernel(1).stride(stride)));
    }
}
