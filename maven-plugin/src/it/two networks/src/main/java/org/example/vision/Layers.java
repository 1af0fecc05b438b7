package org.example.vision;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Block;

/** What both networks use. */
final class Layers {
    private Layers() {}

    static Block convolution(int channels) {
        return x -> x.conv2d("conv", channels, kernel(3).pad(1))
                .batchNorm("norm", 1e-3f)
                .relu();
    }
}
