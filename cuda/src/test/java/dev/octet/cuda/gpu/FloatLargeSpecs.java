package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;

/** Specifications of kernels on floats as large as in a ResNet-50 or a MobileNet V2. */
final class FloatLargeSpecs {
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);

    private FloatLargeSpecs() {}

    /** A large specification of the same variant as a given one. */
    static KernelSpec like(KernelSpec.OfFloats spec) {
        if (spec instanceof FloatKernel.Conv2d conv) {
            return conv.groups() == 1 ? conv(28, 128, 1) : conv(56, 144, 144);
        } else if (spec instanceof FloatKernel.Pointwise) {
            Activation swish = new Activation(Activation.Kind.SWISH, 0);
            return new FloatKernel.Pointwise(
                    FloatKernel.Lanewise.ACTIVATE, List.of(value(56, 64)), value(56, 64), swish);
        } else if (spec instanceof FloatKernel.Pool) {
            Window window = new Window(3, 3, 2, 2, 1, 1, 1, 1);
            return new FloatKernel.Pool(value(112, 64), value(56, 64), window, Optional.empty());
        } else if (spec instanceof FloatKernel.Mean) {
            return new FloatKernel.Mean(value(7, 2048), value(1, 2048));
        } else if (spec instanceof FloatKernel.Arrange) {
            List<Run> runs = List.of(new Run(0, 0, 0, 58), new Run(1, 0, 58, 58));
            return new FloatKernel.Arrange(List.of(value(28, 58), value(28, 58)), runs, 1, 1, value(28, 116));
        } else if (spec instanceof FloatKernel.Export) {
            return new FloatKernel.Export(extent(56, 64));
        } else if (spec instanceof FloatKernel.Pixels) {
            return new FloatKernel.Pixels(new Extent(224, 224, 3, 3), extent(224, 3));
        }
        throw new AssertionError("no large specification like " + spec);
    }

    private static FloatKernel.Conv2d conv(int size, int channels, int groups) {
        Value value = value(size, channels);
        return new FloatKernel.Conv2d(value, Optional.empty(), value, SAME, groups, Activation.RELU);
    }

    private static Value value(int size, int channels) {
        return new Value(ElementType.F32, extent(size, channels));
    }

    private static Extent extent(int size, int channels) {
        return new Extent(size, size, channels, ChannelMap.ofFloats(channels).pitch());
    }
}
