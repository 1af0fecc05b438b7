package dev.octet.benchmarks;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.plan.graph.Shape;
import java.util.List;

/**
 * A convolution by itself, which pads with half its kernel's size.
 *
 * @param channels input channels
 * @param size height and width of the input
 * @param kernel height and width of the kernel
 * @param stride stride of both
 * @param out output channels
 */
record ConvolutionShape(int channels, int size, int kernel, int stride, int out) {
    /**
     * Those that Apache MXNet's benchmark of quantised operators times ({@code benchmark/python/quantization/benchmark_op.py}),
     * and the 3x3 convolution of 64 channels that a ResNet begins with.
     */
    static final List<ConvolutionShape> ALL = List.of(
            new ConvolutionShape(64, 56, 1, 1, 256),
            new ConvolutionShape(256, 56, 1, 1, 64),
            new ConvolutionShape(256, 56, 1, 2, 128),
            new ConvolutionShape(128, 28, 3, 1, 128),
            new ConvolutionShape(1024, 14, 1, 1, 256),
            new ConvolutionShape(2048, 7, 1, 1, 512),
            new ConvolutionShape(64, 56, 3, 1, 64));

    /** As there. */
    private static final List<Integer> BATCHES = List.of(32, 64, 128);

    /** All of them by one name. */
    static final String GROUP = "convolutions";

    /** What names of convolutions begin with, and no network's does. */
    static final String PREFIX = "conv ";

    /** The name in tables, which peers read too, such as {@code conv 256x56x56 1x1/2 to 128}. */
    String text() {
        String shape = channels + "x" + size + "x" + size + " " + kernel + "x" + kernel;
        return PREFIX + shape + (stride == 1 ? "" : "/" + stride) + " to " + out;
    }

    /**
     * A network of it alone. What stands before and behind it gives operand and result the types that values between layers
     * have: its operand is that of a ReLU, as most are.
     */
    Subject subject() {
        return new Subject(text(), this::define, Shape.of(channels, size, size), out, BATCHES, true);
    }

    private void define(Net net) {
        Kernel window = Kernel.kernel(kernel).stride(stride).pad(kernel / 2);
        net.output(
                "logits",
                net.input("image")
                        .relu()
                        .conv2d("conv", out, window)
                        .globalAvgPool()
                        .flatten());
    }
}
