package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;

/**
 * VGG networks of 16 layers (Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition,
 * 2014). Layers are called as in torchvision, which counts those without weights, too.
 */
public abstract class Vgg16Layers implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;
    /** Channels of the convolutions of each stage. */
    private static final int[][] STAGES = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};

    private final boolean normalised;

    /**
     * A network with or without batch normalisations.
     *
     * @param normalised whether one follows each convolution
     */
    Vgg16Layers(boolean normalised) {
        this.normalised = normalised;
    }

    @Override
    public final void define(Net net) {
        Tensor x = net.input("image");
        int layer = 0;
        for (int[] stage : STAGES) {
            for (int channels : stage) {
                x = x.conv2d("features." + layer++, channels, kernel(3).pad(1).bias());
                x = normalised ? x.batchNorm("features." + layer++, EPSILON) : x;
                x = x.relu();
                layer++;
            }
            x = x.maxPool(kernel(2));
            layer++;
        }
        net.output(
                "logits",
                x.flatten()
                        .dense("classifier.0", 4096)
                        .relu()
                        .dense("classifier.3", 4096)
                        .relu()
                        .dense("classifier.6", 1000));
    }
}
