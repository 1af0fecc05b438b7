package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;

/**
 * Residual networks for CIFAR-10 (He et al., Deep Residual Learning for Image Recognition, 2015, section 4.2), of 6n + 2
 * layers, with shortcuts that have no weights: they leave pixels out and add channels of zeros.
 */
public abstract class CifarResNet implements NetworkDefinition {
    private static final float EPSILON = 1e-5f;
    private static final int STAGES = 3;

    private final int blocks;

    /**
     * A network of three stages.
     *
     * @param blocks blocks of each stage
     */
    CifarResNet(int blocks) {
        this.blocks = blocks;
    }

    @Override
    public final void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 16, kernel(3).pad(1))
                .batchNorm("bn1", EPSILON)
                .relu();
        for (int stage = 0; stage < STAGES; stage++) {
            for (int i = 0; i < blocks; i++) {
                int channels = 16 << stage;
                x = x.scope("layer" + (stage + 1) + "." + i, block -> residual(block, channels));
            }
        }
        net.output("logits", x.globalAvgPool().dense("linear", 10));
    }

    private static Tensor residual(Tensor x, int channels) {
        int added = channels - x.channels();
        int stride = added == 0 ? 1 : 2;
        Tensor branch = x.conv2d("conv1", channels, kernel(3).stride(stride).pad(1))
                .batchNorm("bn1", EPSILON)
                .relu()
                .conv2d("conv2", channels, kernel(3).pad(1))
                .batchNorm("bn2", EPSILON);
        Tensor shortcut = added == 0 ? x : x.subsample(2).padChannels(added / 2, added / 2);
        return branch.add(shortcut).relu();
    }
}
