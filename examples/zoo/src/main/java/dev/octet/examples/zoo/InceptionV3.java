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
 * Inception v3 (Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015) without the auxiliary
 * classifier. Layers are called as in torchvision; the image is prepared as its {@code transform_input} does.
 */
@QuantizedNetwork(
        weights = "inception_v3.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 299, 299},
                        image =
                                @Image(
                                        order = RGB,
                                        scale = 1 / 255f,
                                        mean = {.5f, .5f, .5f},
                                        std = {.5f, .5f, .5f})),
        outputs = @Port(name = "logits", shape = 1000))
public final class InceptionV3 implements NetworkDefinition {
    private static final float EPSILON = 1e-3f;
    private static final Kernel HALVE = kernel(3).stride(2);
    private static final Kernel THREE = kernel(3).pad(1);
    private static final Kernel ROW7 = kernel(1, 7).pad(0, 3, 0, 3);
    private static final Kernel COLUMN7 = kernel(7, 1).pad(3, 0, 3, 0);
    private static final Kernel ROW3 = kernel(1, 3).pad(0, 1, 0, 1);
    private static final Kernel COLUMN3 = kernel(3, 1).pad(1, 0, 1, 0);

    @Override
    public void define(Net net) {
        Tensor x = convolve(net.input("image"), "Conv2d_1a_3x3", 32, HALVE);
        x = convolve(x, "Conv2d_2a_3x3", 32, kernel(3));
        x = convolve(x, "Conv2d_2b_3x3", 64, THREE).maxPool(HALVE);
        x = convolve(x, "Conv2d_3b_1x1", 80, kernel(1));
        x = convolve(x, "Conv2d_4a_3x3", 192, kernel(3)).maxPool(HALVE);
        x = x.scope("Mixed_5b", y -> blockA(y, 32));
        x = x.scope("Mixed_5c", y -> blockA(y, 64));
        x = x.scope("Mixed_5d", y -> blockA(y, 64));
        x = x.scope("Mixed_6a", InceptionV3::blockB);
        x = x.scope("Mixed_6b", y -> blockC(y, 128));
        x = x.scope("Mixed_6c", y -> blockC(y, 160));
        x = x.scope("Mixed_6d", y -> blockC(y, 160));
        x = x.scope("Mixed_6e", y -> blockC(y, 192));
        x = x.scope("Mixed_7a", InceptionV3::blockD);
        x = x.scope("Mixed_7b", InceptionV3::blockE);
        x = x.scope("Mixed_7c", InceptionV3::blockE);
        net.output("logits", x.globalAvgPool().dense("fc", 1000));
    }

    private static Tensor blockA(Tensor x, int pooled) {
        Tensor five = convolve(x, "branch5x5_1", 48, kernel(1));
        five = convolve(five, "branch5x5_2", 64, kernel(5).pad(2));
        Tensor twice = convolve(x, "branch3x3dbl_1", 64, kernel(1));
        twice = convolve(twice, "branch3x3dbl_2", 96, THREE);
        twice = convolve(twice, "branch3x3dbl_3", 96, THREE);
        return convolve(x, "branch1x1", 64, kernel(1)).concat("concat", five, twice, pool(x, pooled));
    }

    private static Tensor blockB(Tensor x) {
        Tensor twice = convolve(x, "branch3x3dbl_1", 64, kernel(1));
        twice = convolve(twice, "branch3x3dbl_2", 96, THREE);
        twice = convolve(twice, "branch3x3dbl_3", 96, HALVE);
        return convolve(x, "branch3x3", 384, HALVE).concat("concat", twice, x.maxPool(HALVE));
    }

    private static Tensor blockC(Tensor x, int width) {
        Tensor seven = convolve(x, "branch7x7_1", width, kernel(1));
        seven = convolve(seven, "branch7x7_2", width, ROW7);
        seven = convolve(seven, "branch7x7_3", 192, COLUMN7);
        Tensor twice = convolve(x, "branch7x7dbl_1", width, kernel(1));
        twice = convolve(twice, "branch7x7dbl_2", width, COLUMN7);
        twice = convolve(twice, "branch7x7dbl_3", width, ROW7);
        twice = convolve(twice, "branch7x7dbl_4", width, COLUMN7);
        twice = convolve(twice, "branch7x7dbl_5", 192, ROW7);
        return convolve(x, "branch1x1", 192, kernel(1)).concat("concat", seven, twice, pool(x, 192));
    }

    private static Tensor blockD(Tensor x) {
        Tensor three = convolve(x, "branch3x3_1", 192, kernel(1));
        three = convolve(three, "branch3x3_2", 320, HALVE);
        Tensor seven = convolve(x, "branch7x7x3_1", 192, kernel(1));
        seven = convolve(seven, "branch7x7x3_2", 192, ROW7);
        seven = convolve(seven, "branch7x7x3_3", 192, COLUMN7);
        seven = convolve(seven, "branch7x7x3_4", 192, HALVE);
        return three.concat("concat", seven, x.maxPool(HALVE));
    }

    private static Tensor blockE(Tensor x) {
        Tensor three = convolve(x, "branch3x3_1", 384, kernel(1));
        Tensor twice = convolve(x, "branch3x3dbl_1", 448, kernel(1));
        twice = convolve(twice, "branch3x3dbl_2", 384, THREE);
        return convolve(x, "branch1x1", 320, kernel(1))
                .concat(
                        "concat",
                        convolve(three, "branch3x3_2a", 384, ROW3),
                        convolve(three, "branch3x3_2b", 384, COLUMN3),
                        convolve(twice, "branch3x3dbl_3a", 384, ROW3),
                        convolve(twice, "branch3x3dbl_3b", 384, COLUMN3),
                        pool(x, 192));
    }

    private static Tensor pool(Tensor x, int channels) {
        return convolve(x.avgPool(THREE.stride(1)), "branch_pool", channels, kernel(1));
    }

    private static Tensor convolve(Tensor x, String name, int channels, Kernel kernel) {
        return x.conv2d(name + ".conv", channels, kernel)
                .batchNorm(name + ".bn", EPSILON)
                .relu();
    }
}
