package dev.octet.examples.fashion;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Tensor;

/** Parts of residual networks (He et al., Deep Residual Learning for Image Recognition, 2015). */
final class Blocks {
    static final float EPSILON = 1e-5f;

    private Blocks() {}

    /** Two 3x3 convolutions beside the identity: the shape stays. */
    static Tensor residual(Tensor x) {
        return branch(x, x.channels(), 1).add(x).relu();
    }

    /** Two 3x3 convolutions beside a 1x1 convolution: twice the channels, half the height and width. */
    static Tensor downsampling(Tensor x) {
        int channels = 2 * x.channels();
        Tensor shortcut = x.conv2d("down.0", channels, kernel(1).stride(2)).batchNorm("down.1", EPSILON);
        return branch(x, channels, 2).add(shortcut).relu();
    }

    private static Tensor branch(Tensor x, int channels, int stride) {
        return x.conv2d("conv1", channels, kernel(3).stride(stride).pad(1))
                .batchNorm("bn1", EPSILON)
                .relu()
                .conv2d("conv2", channels, kernel(3).pad(1))
                .batchNorm("bn2", EPSILON);
    }
}
