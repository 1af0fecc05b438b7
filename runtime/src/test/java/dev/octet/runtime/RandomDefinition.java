package dev.octet.runtime;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import java.util.Random;

/**
 * A random chain of all operators with odd channel counts, strides, dilation, groups, uneven padding, residuals, gates,
 * functions, poolings, concatenations and shared values, that ends in 10 logits. Equal seeds make equal definitions.
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
        int steps = 3 + random.nextInt(6);
        for (int i = 0; i < steps; i++) {
            x = step(random, x, i);
        }
        Tensor end = random.nextBoolean() ? x.globalAvgPool("mean") : x;
        net.output("logits", end.flatten("flat").dense("fc", 10));
    }

    private static Tensor step(Random random, Tensor x, int i) {
        int[] sizes = {1, 3, 15, 16, 17, 31, 33};
        int channels = sizes[random.nextInt(sizes.length)];
        return switch (random.nextInt(14)) {
            case 0 -> x.conv2d("conv" + i, channels, dilated(random, x));
            case 1 -> x.conv2d("conv" + i, channels, kernel(random, x).bias()).relu6();
            case 2 -> x.maxPool("pool" + i, ceil(random, kernel(random, x)));
            case 3 -> residual(x, i).relu();
            case 4 -> x.relu("act" + i).add("sum" + i, x);
            case 5 -> grouped(random, x, i);
            case 6 -> function(random, x);
            case 7 -> gated(random, x, i);
            case 8 -> joined(random, x, i);
            case 9 -> x.avgPool("mean" + i, uncounted(random, ceil(random, kernel(random, x))));
            case 10 -> moved(random, x, i);
            case 11 -> random.nextBoolean() ? x.batchNorm("norm" + i, 1e-3f) : function(random, x.relu6());
            case 12 -> inverted(random, x, i);
            default -> residual(x.conv2d("conv" + i, channels, Kernel.kernel(1)).batchNorm("bn" + i, 1e-3f), i);
        };
    }

    /** Groups of which each has one input channel or more, and makes one output channel or more. */
    private static Tensor grouped(Random random, Tensor x, int i) {
        int groups = x.channels();
        for (int count = 2; count < x.channels(); count++) {
            groups = x.channels() % count == 0 && random.nextInt(3) == 0 ? count : groups;
        }
        int channels = groups * (1 + random.nextInt(3));
        Tensor y = x.conv2d(
                "group" + i, channels, dilated(random, x).groups(groups).bias());
        return random.nextBoolean() ? y.relu6() : y;
    }

    /** The block of MobileNets: wider, depthwise, narrower, and a sum. */
    private static Tensor inverted(Random random, Tensor x, int i) {
        int wide = x.channels() * (1 + random.nextInt(3));
        Tensor y = x.conv2d("expand" + i, wide, Kernel.kernel(1)).batchNorm("bn" + i, 1e-3f);
        y = y.hardSwish().depthwiseConv2d("depth" + i, Kernel.kernel(3).pad(1)).relu6();
        return y.conv2d("project" + i, x.channels(), Kernel.kernel(1)).add("sum" + i, x);
    }

    private static Tensor function(Random random, Tensor x) {
        return switch (random.nextInt(9)) {
            case 0 -> x.relu6();
            case 1 -> x.leakyRelu(0.1f);
            case 2 -> x.elu(0.7f);
            case 3 -> x.sigmoid();
            case 4 -> x.hardSigmoid();
            case 5 -> x.tanh();
            case 6 -> x.swish();
            case 7 -> x.hardSwish();
            default -> x.gelu();
        };
    }

    /** Squeeze and excitation; or gates of one sign alone. */
    private static Tensor gated(Random random, Tensor x, int i) {
        Tensor mean = x.globalAvgPool("squeeze" + i);
        Tensor gates = mean.conv2d("excite" + i, x.channels(), Kernel.kernel(1));
        return x.gate("gate" + i, random.nextBoolean() ? gates.sigmoid() : gates);
    }

    /** Two to four values: layers of their own, one that is used elsewhere too, one twice, one moved before. */
    private static Tensor joined(Random random, Tensor x, int i) {
        Tensor[] others = new Tensor[1 + random.nextInt(3)];
        for (int o = 0; o < others.length; o++) {
            others[o] = switch (random.nextInt(5)) {
                case 0 -> x;
                case 1 ->
                    x.conv2d(
                                    "branch" + i + "." + o,
                                    1 + random.nextInt(9),
                                    Kernel.kernel(3).pad(1))
                            .relu();
                case 2 ->
                    x.maxPool("side" + i + "." + o, Kernel.kernel(3).stride(1).pad(1));
                case 3 -> o == 0 ? function(random, x) : others[o - 1];
                default -> x.conv2d("thin" + i + "." + o, 2, Kernel.kernel(1)).padChannels(1, 2);
            };
        }
        Tensor y = x.concat("join" + i, others);
        return random.nextBoolean() ? y : y.sliceChannels(y.channels() / 3, 1 + y.channels() / 2);
    }

    private static Tensor moved(Random random, Tensor x, int i) {
        int channels = x.channels();
        boolean small = x.shape().get(1) * x.shape().get(2) < 500;
        return switch (random.nextInt(4)) {
            case 0 -> x.sliceChannels("slice" + i, channels / 2, 1 + (channels - 1) / 2);
            case 1 -> x.padChannels("pad" + i, random.nextInt(3), 1 + random.nextInt(17));
            case 2 -> small ? x.upsample("up" + i, 2 + random.nextInt(2)) : x.subsample("down" + i, 2);
            default -> x.subsample("down" + i, 1 + random.nextInt(3));
        };
    }

    private static Tensor residual(Tensor x, int i) {
        return x.conv2d("block" + i, x.channels(), Kernel.kernel(3).pad(1))
                .batchNorm("norm" + i, 1e-3f)
                .add("join" + i, x);
    }

    private static Kernel ceil(Random random, Kernel kernel) {
        return random.nextBoolean() ? kernel.ceil() : kernel;
    }

    private static Kernel uncounted(Random random, Kernel kernel) {
        return random.nextBoolean() ? kernel.uncountedPadding() : kernel;
    }

    /** A kernel with gaps, as far as the image has room for them. */
    private static Kernel dilated(Random random, Tensor x) {
        int rows = 2 + random.nextInt(2);
        int columns = 2 + random.nextInt(2);
        int down = 1 + random.nextInt(3);
        int across = 1 + random.nextInt(3);
        boolean fits = (rows - 1) * down < x.shape().get(1)
                && (columns - 1) * across < x.shape().get(2);
        return fits
                ? Kernel.kernel(rows, columns)
                        .dilation(down, across)
                        .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                        .pad(
                                random.nextInt(rows),
                                random.nextInt(columns),
                                random.nextInt(rows),
                                random.nextInt(columns))
                : kernel(random, x);
    }

    private static Kernel kernel(Random random, Tensor x) {
        int rows = 1 + random.nextInt(Math.min(4, x.shape().get(1)));
        int columns = 1 + random.nextInt(Math.min(4, x.shape().get(2)));
        return Kernel.kernel(rows, columns)
                .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                .pad(random.nextInt(rows), random.nextInt(columns), random.nextInt(rows), random.nextInt(columns));
    }
}
