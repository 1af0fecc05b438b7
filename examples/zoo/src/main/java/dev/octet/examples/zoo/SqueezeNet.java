package dev.octet.examples.zoo;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import java.util.Set;

/**
 * SqueezeNet (Iandola et al., SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and less than 0.5 MB model size,
 * 2016). Layers are called as in the authors' files, whose names join words by {@code /} rather than {@code _}.
 */
public abstract class SqueezeNet implements NetworkDefinition {
    /** Channels of the squeezing layer of fire2 to fire9; the expanding ones have four times as many, each. */
    private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64};

    private static final Kernel POOL = kernel(3).stride(2).ceil();

    private final int channels;
    private final Kernel first;
    private final Set<Integer> pools;

    /**
     * A network.
     *
     * @param channels channels of the first convolution
     * @param first its kernel
     * @param pools the fire modules whose results are pooled
     */
    SqueezeNet(int channels, Kernel first, Set<Integer> pools) {
        this.channels = channels;
        this.first = first;
        this.pools = pools;
    }

    @Override
    public final void define(Net net) {
        Tensor x = convolve(net.input("image"), "conv1", channels, first).maxPool(POOL);
        for (int i = 0; i < SQUEEZED.length; i++) {
            x = fire(x, "fire" + (i + 2), SQUEEZED[i]);
            x = pools.contains(i + 2) ? x.maxPool(POOL) : x;
        }
        net.output(
                "logits", convolve(x, "conv10", 1000, kernel(1)).globalAvgPool().flatten());
    }

    private static Tensor fire(Tensor x, String name, int squeezed) {
        Tensor y = convolve(x, name + "_squeeze1x1", squeezed, kernel(1));
        return convolve(y, name + "_expand1x1", 4 * squeezed, kernel(1))
                .concat(
                        name,
                        convolve(y, name + "_expand3x3", 4 * squeezed, kernel(3).pad(1)));
    }

    private static Tensor convolve(Tensor x, String layer, int channels, Kernel kernel) {
        return x.conv2d(layer, channels, kernel.bias()).relu();
    }
}
