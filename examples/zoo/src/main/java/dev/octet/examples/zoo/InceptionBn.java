package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;

/**
 * Inception with batch normalisation (Ioffe and Szegedy, Batch Normalization, 2015) as in MXNet's model zoo, whose names the
 * layers have.
 */
@QuantizedNetwork(
        weights = "inception_bn.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 224, 224},
                        image =
                                @Image(
                                        order = RGB,
                                        mean = {123.68f, 116.779f, 103.939f})),
        outputs = @Port(name = "logits", shape = 1000))
public final class InceptionBn implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;
    private static final Kernel HALVE = kernel(3).stride(2);

    @Override
    public void define(Net net) {
        Tensor x = convolve(net.input("image"), "1", 64, kernel(7).stride(2).pad(3))
                .maxPool(HALVE);
        x = convolve(x, "2_red", 64, kernel(1));
        x = convolve(x, "2", 192, kernel(3).pad(1)).maxPool(HALVE);
        x = mixed(x, "3a", 64, 64, 64, 64, 96, 32);
        x = mixed(x, "3b", 64, 64, 96, 64, 96, 64);
        x = halved(x, "3c", 128, 160, 64, 96);
        x = mixed(x, "4a", 224, 64, 96, 96, 128, 128);
        x = mixed(x, "4b", 192, 96, 128, 96, 128, 128);
        x = mixed(x, "4c", 160, 128, 160, 128, 160, 128);
        x = mixed(x, "4d", 96, 128, 192, 160, 192, 128);
        x = halved(x, "4e", 128, 192, 192, 256);
        x = mixed(x, "5a", 352, 192, 320, 160, 224, 128);
        x = mixed(x, "5b", 352, 192, 320, 192, 224, 128);
        net.output("logits", x.globalAvgPool().dense("fc1", 1000));
    }

    /** Four branches: 1x1, 3x3, 3x3 twice, and pooling; the last of such blocks takes maxima rather than means. */
    private static Tensor mixed(
            Tensor x, String name, int one, int threeReduced, int three, int doubleReduced, int twice, int projected) {
        Kernel around = kernel(3).stride(1).pad(1);
        Tensor pooled = name.equals("5b") ? x.maxPool(around) : x.avgPool(around);
        return convolve(x, name + "_1x1", one, kernel(1))
                .concat(
                        "ch_concat_" + name + "_chconcat",
                        three(x, name, threeReduced, three, 1),
                        twice(x, name, doubleReduced, twice, 1),
                        convolve(pooled, name + "_proj", projected, kernel(1)));
    }

    /** Three branches, each of which halves height and width: 3x3, 3x3 twice, and maxima. */
    private static Tensor halved(Tensor x, String name, int threeReduced, int three, int doubleReduced, int twice) {
        return three(x, name, threeReduced, three, 2)
                .concat(
                        "ch_concat_" + name + "_chconcat",
                        twice(x, name, doubleReduced, twice, 2),
                        x.maxPool(HALVE.pad(1)));
    }

    private static Tensor three(Tensor x, String name, int reduced, int channels, int stride) {
        Tensor y = convolve(x, name + "_3x3_reduce", reduced, kernel(1));
        return convolve(y, name + "_3x3", channels, kernel(3).stride(stride).pad(1));
    }

    private static Tensor twice(Tensor x, String name, int reduced, int channels, int stride) {
        Tensor y = convolve(x, name + "_double_3x3_reduce", reduced, kernel(1));
        y = convolve(y, name + "_double_3x3_0", channels, kernel(3).pad(1));
        return convolve(
                y, name + "_double_3x3_1", channels, kernel(3).stride(stride).pad(1));
    }

    private static Tensor convolve(Tensor x, String name, int channels, Kernel kernel) {
        return x.conv2d("conv_" + name, channels, kernel.bias())
                .batchNorm("bn_" + name, EPSILON)
                .relu();
    }
}
