package dev.octet.runtime;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import java.util.Random;

/**
 * A random chain of layers with odd channel counts, strides, uneven padding, residuals, poolings and shared values, that
 * ends in 10 logits. Equal seeds make equal definitions.
 */
public final class RandomDefinition implements NetworkDefinition {
    private final long seed;

    public RandomDefinition(long seed) {
        this.seed = seed;
    }

    @Override
    public void define(Net net) {
        Random random = new Random(seed);
        Tensor x = net.input("image");
        int steps = 2 + random.nextInt(5);
        for (int i = 0; i < steps; i++) {
            x = step(random, x, i);
        }
        Tensor end = random.nextBoolean() ? x.globalAvgPool("mean") : x;
        net.output("logits", end.flatten("flat").dense("fc", 10));
    }

    private static Tensor step(Random random, Tensor x, int i) {
        int[] sizes = {1, 3, 15, 16, 17, 31, 33};
        int channels = sizes[random.nextInt(sizes.length)];
        switch (random.nextInt(6)) {
            case 0:
                return x.conv2d("conv" + i, channels, kernel(random, x));
            case 1:
                return x.conv2d("conv" + i, channels, kernel(random, x).bias()).relu();
            case 2:
                return x.maxPool("pool" + i, kernel(random, x));
            case 3:
                return residual(x, i).relu();
            case 4:
                return x.relu("act" + i).add("sum" + i, x);
            default:
                return residual(x.conv2d("conv" + i, channels, Kernel.kernel(1)).batchNorm("bn" + i, 1e-3f), i);
        }
    }

    private static Tensor residual(Tensor x, int i) {
        return x.conv2d("block" + i, x.channels(), Kernel.kernel(3).pad(1))
                .batchNorm("norm" + i, 1e-3f)
                .add("join" + i, x);
    }

    private static Kernel kernel(Random random, Tensor x) {
        int rows = 1 + random.nextInt(Math.min(4, x.shape().get(1)));
        int columns = 1 + random.nextInt(Math.min(4, x.shape().get(2)));
        return Kernel.kernel(rows, columns)
                .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                .pad(random.nextInt(rows), random.nextInt(columns), random.nextInt(rows), random.nextInt(columns));
    }
}
