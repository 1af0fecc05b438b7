package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;

/**
 * Residual networks for ImageNet (He et al., Deep Residual Learning for Image Recognition, 2015), those of three layers a
 * block in the variant 1.5, which halves height and width in the 3x3 convolution rather than the first. Layers are called
 * as in torchvision.
 */
public abstract class ResNet implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;

    private final boolean bottleneck;
    private final int[] blocks;

    /**
     * A network of four stages.
     *
     * @param bottleneck whether blocks have three layers, and four times as many channels in their results as within
     * @param blocks blocks of each stage
     */
    ResNet(boolean bottleneck, int... blocks) {
        this.bottleneck = bottleneck;
        this.blocks = blocks;
    }

    @Override
    public final void define(Net net) {
        Tensor x = convolve(
                        net.input("image"),
                        "conv1",
                        "bn1",
                        64,
                        kernel(7).stride(2).pad(3))
                .relu()
                .maxPool(kernel(3).stride(2).pad(1));
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int i = 0; i < blocks[stage]; i++) {
                int width = 64 << stage;
                int stride = i == 0 && stage > 0 ? 2 : 1;
                x = x.scope("layer" + (stage + 1) + "." + i, block -> residual(block, width, stride));
            }
        }
        net.output("logits", x.globalAvgPool().dense("fc", 1000));
    }

    /** The sum of a branch and the identity or, where shapes differ, a 1x1 convolution. */
    private Tensor residual(Tensor x, int width, int stride) {
        Tensor branch = bottleneck ? bottleneck(x, width, stride) : basic(x, width, stride);
        boolean identity = branch.shape().equals(x.shape());
        Tensor shortcut = identity
                ? x
                : convolve(
                        x,
                        "downsample.0",
                        "downsample.1",
                        branch.channels(),
                        kernel(1).stride(stride));
        return branch.add(shortcut).relu();
    }

    private static Tensor basic(Tensor x, int width, int stride) {
        Tensor y = convolve(x, "conv1", "bn1", width, kernel(3).stride(stride).pad(1))
                .relu();
        return convolve(y, "conv2", "bn2", width, kernel(3).pad(1));
    }

    /** Reduces to {@code width} channels, convolves, and expands again. */
    private static Tensor bottleneck(Tensor x, int width, int stride) {
        Tensor y = convolve(x, "conv1", "bn1", width, kernel(1)).relu();
        y = convolve(y, "conv2", "bn2", width, kernel(3).stride(stride).pad(1)).relu();
        return convolve(y, "conv3", "bn3", 4 * width, kernel(1));
    }

    private static Tensor convolve(Tensor x, String layer, String norm, int channels, Kernel kernel) {
        return x.conv2d(layer, channels, kernel).batchNorm(norm, EPSILON);
    }
}
