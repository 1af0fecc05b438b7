package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.MoveChannels.Run;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;

/** Specifications as large as in a ResNet-50. */
final class LargeSpecs {
    private LargeSpecs() {}

    /** A large specification of the same variant as a given one. */
    static KernelSpec like(KernelSpec spec) {
        Extent image = image(56, 64);
        if (spec instanceof KernelSpec.Conv2d conv) {
            return conv.out() == ElementType.F32
                    ? wholeConv(conv.in())
                    : conv(conv.in(), conv.out(), conv.residual(), 28, 128, 128, 3, 1);
        } else if (spec instanceof PooledConv2d pooled) {
            Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
            return new PooledConv2d(
                    pooled.in(),
                    pooled.out(),
                    new Extent(224, 224, 3, 4),
                    image(112, 64),
                    stem,
                    image,
                    new Window(3, 3, 2, 2, 1, 1, 1, 1));
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            return conv.out() == ElementType.F32
                    ? depthwise(conv.in(), conv.out(), conv.residual(), 7, 1280, new Window(7, 7, 1, 1, 0, 0, 0, 0))
                    : depthwise(conv.in(), conv.out(), conv.residual(), 56, 144, new Window(3, 3, 1, 1, 1, 1, 1, 1));
        } else if (spec instanceof KernelSpec.Grouped conv) {
            return conv.out() == ElementType.F32
                    ? wholeGroups(conv.in())
                    : grouped(conv.in(), conv.out(), conv.residual(), 28, 256, 32);
        } else if (spec instanceof KernelSpec.Gate gate) {
            return new KernelSpec.Gate(gate.x(), gate.gate(), gate.out(), image(56, 144));
        } else if (spec instanceof KernelSpec.Lookup) {
            return new KernelSpec.Lookup(image);
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
            return new KernelSpec.AvgPool(pool.in(), pool.out(), image(35, 192), image(35, 192), same, Border.NONE);
        } else if (spec instanceof KernelSpec.Upsample) {
            return new KernelSpec.Upsample(image(26, 256), 2, 2);
        } else if (spec instanceof MoveChannels move) {
            int channels = move.unit() == 1 ? 58 : 16 + 3 * move.unit();
            return new MoveChannels(
                    28 * 28,
                    2 * channels,
                    List.of(new Run(channels, 0, 0, channels), new Run(channels, 0, channels, channels)));
        } else if (spec instanceof KernelSpec.Dense dense) {
            Extent output = dense.out() == ElementType.F32 ? new Extent(1, 1, 1000, 1000) : image(1, 1000);
            return new KernelSpec.Dense(dense.in(), dense.out(), 2048, output, dense.residual());
        } else if (spec instanceof KernelSpec.MaxPool pool) {
            return new KernelSpec.MaxPool(pool.element(), image(112, 64), image, new Window(3, 3, 2, 2, 1, 1, 1, 1));
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            return new KernelSpec.GlobalAvgPool(pool.in(), pool.out(), image(7, 2048));
        } else if (spec instanceof KernelSpec.Add add) {
            return new KernelSpec.Add(add.x(), add.y(), add.out(), image.elements());
        } else if (spec instanceof KernelSpec.Rescale rescale) {
            return new KernelSpec.Rescale(rescale.in(), rescale.out(), image.elements());
        } else if (spec instanceof KernelSpec.Quantize) {
            return new KernelSpec.Quantize(new Extent(224, 224, 3, 3), new Extent(224, 224, 3, 4));
        } else if (spec instanceof KernelSpec.QuantizeFloat) {
            return new KernelSpec.QuantizeFloat(new Extent(56, 56, 64, 64), image);
        } else if (spec instanceof KernelSpec.Dequantize dequantize) {
            return new KernelSpec.Dequantize(dequantize.in(), image);
        } else if (spec instanceof KernelSpec.OfFloats floats) {
            return FloatLargeSpecs.like(floats);
        }
        throw new AssertionError("no large specification like " + spec);
    }

    private static KernelSpec wholeConv(ElementType in) {
        Extent output = new Extent(1, 1, 1000, 1000);
        return new KernelSpec.Conv2d(
                in, ElementType.F32, image(7, 512), output, new Window(7, 7, 1, 1, 0, 0, 0, 0), Optional.empty());
    }

    private static KernelSpec wholeGroups(ElementType in) {
        Extent output = new Extent(1, 1, 256, 256);
        Window all = new Window(7, 7, 1, 1, 0, 0, 0, 0);
        return new KernelSpec.Grouped(in, ElementType.F32, image(7, 512), output, all, 32, Optional.empty());
    }

    static KernelSpec.Depthwise depthwise(
            ElementType in, ElementType out, Optional<ElementType> residual, int size, int channels, Window window) {
        int outSize = window.outHeight(size);
        Extent output =
                out == ElementType.F32 ? new Extent(outSize, outSize, channels, channels) : image(outSize, channels);
        return new KernelSpec.Depthwise(in, out, image(size, channels), output, window, residual);
    }

    private static KernelSpec.Grouped grouped(
            ElementType in, ElementType out, Optional<ElementType> residual, int size, int channels, int groups) {
        Window same = new Window(3, 3, 1, 1, 1, 1, 1, 1);
        return new KernelSpec.Grouped(in, out, image(size, channels), image(size, channels), same, groups, residual);
    }

    private static KernelSpec.Depthwise unsignedDepthwise(int size, int channels, int kernel, int stride) {
        int pad = kernel / 2;
        Window window = new Window(kernel, kernel, stride, stride, pad, pad, pad, pad);
        return depthwise(ElementType.U8, ElementType.U8, Optional.empty(), size, channels, window);
    }

    /** The depthwise convolutions of a MobileNet V2 and of an EfficientNet-B0, some of those that are alike left out. */
    static List<KernelSpec.Depthwise> mobileNetworks() {
        return List.of(
                unsignedDepthwise(112, 32, 3, 1),
                unsignedDepthwise(112, 96, 3, 2),
                unsignedDepthwise(56, 144, 3, 1),
                unsignedDepthwise(56, 144, 5, 2),
                unsignedDepthwise(28, 240, 5, 1),
                unsignedDepthwise(28, 192, 3, 2),
                unsignedDepthwise(14, 480, 3, 1),
                unsignedDepthwise(14, 672, 5, 1),
                unsignedDepthwise(14, 672, 5, 2),
                unsignedDepthwise(7, 960, 3, 1),
                unsignedDepthwise(7, 1152, 5, 1));
    }

    /** A square convolution that pads with half its size. */
    static KernelSpec.Conv2d conv(
            ElementType in,
            ElementType out,
            Optional<ElementType> residual,
            int size,
            int channels,
            int outChannels,
            int kernel,
            int stride) {
        int pad = kernel / 2;
        Window window = new Window(kernel, kernel, stride, stride, pad, pad, pad, pad);
        Extent output = image(window.outHeight(size), outChannels);
        return new KernelSpec.Conv2d(in, out, image(size, channels), output, window, residual);
    }

    /** The first convolution of a ResNet-50, whose input has pixels of one word. */
    private static KernelSpec.Conv2d stem() {
        Window window = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Extent input = new Extent(224, 224, 3, ChannelMap.ofWord(3).pitch());
        return new KernelSpec.Conv2d(ElementType.S8, ElementType.U8, input, image(112, 64), window, Optional.empty());
    }

    private static KernelSpec.Conv2d unsigned(int size, int channels, int outChannels, int kernel, int stride) {
        return conv(ElementType.U8, ElementType.U8, Optional.empty(), size, channels, outChannels, kernel, stride);
    }

    /** The convolutions of a ResNet-50 but for those that repeat, without residuals. */
    static List<KernelSpec.Conv2d> residualNetwork() {
        return List.of(
                stem(),
                unsigned(56, 64, 64, 1, 1),
                unsigned(56, 64, 64, 3, 1),
                unsigned(56, 64, 256, 1, 1),
                unsigned(56, 256, 64, 1, 1),
                unsigned(56, 128, 128, 3, 2),
                unsigned(56, 256, 512, 1, 2),
                unsigned(28, 128, 512, 1, 1),
                unsigned(28, 512, 128, 1, 1),
                unsigned(28, 128, 128, 3, 1),
                unsigned(14, 256, 1024, 1, 1),
                unsigned(14, 1024, 256, 1, 1),
                unsigned(14, 256, 256, 3, 1),
                unsigned(7, 512, 2048, 1, 1),
                unsigned(7, 2048, 512, 1, 1),
                unsigned(7, 512, 512, 3, 1));
    }

    private static Extent image(int size, int channels) {
        return new Extent(size, size, channels, ChannelMap.padded(channels).pitch());
    }
}
