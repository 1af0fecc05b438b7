package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;

import dev.octet.compiler.kernel.KernelSpec.Conv2d;
import dev.octet.compiler.kernel.KernelSpec.Dense;
import dev.octet.compiler.kernel.KernelSpec.Depthwise;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.KernelSpec.Grouped;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.PackedWeights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/** Trials of the kernels with weights. */
final class LayerTrials {
    private LayerTrials() {}

    /** The specification of a convolution of a given input. */
    static Conv2d spec(
            ElementType in, ElementType out, Extent input, int channels, Window w, Optional<ElementType> residual) {
        int height = w.outHeight(input.height());
        int width = w.outWidth(input.width());
        Extent output =
                out.isInteger() ? extent(height, width, channels) : new Extent(height, width, channels, channels);
        return new Conv2d(in, out, input, output, w, residual);
    }

    static Depthwise depthwise(
            ElementType in, ElementType out, Extent input, Window w, Optional<ElementType> residual) {
        Conv2d same = spec(in, out, input, input.channels(), w, residual);
        return new Depthwise(in, out, input, same.output(), w, residual);
    }

    static Grouped grouped(
            ElementType in,
            ElementType out,
            Extent input,
            int channels,
            Window w,
            int groups,
            Optional<ElementType> residual) {
        Conv2d same = spec(in, out, input, channels, w, residual);
        return new Grouped(in, out, input, same.output(), w, groups, residual);
    }

    static KernelTrial conv2d(KernelTrial.Request request, Conv2d spec) {
        return convolution(
                request,
                new Convolution(spec.in(), spec.input(), spec.output(), spec.window(), 1),
                spec.out(),
                spec.residual());
    }

    /** The specification of a convolution of words and a pooling of its results. */
    static PooledConv2d pooled(ElementType in, ElementType out, Extent input, int channels, Window w, Window pool) {
        Conv2d conv = spec(in, out, input, channels, w, Optional.empty());
        Extent middle = conv.output();
        Extent output = extent(pool.outHeight(middle.height()), pool.outWidth(middle.width()), channels);
        return new PooledConv2d(in, out, input, middle, w, output, pool);
    }

    static KernelTrial pooled(KernelTrial.Request request, PooledConv2d spec) {
        KernelTrial conv = conv2d(request, spec.convolution());
        ByteBuffer expected = LanewiseTrials.pooled(spec.pooling(), conv.expected(), request.batch());
        List<byte[]> buffers = new ArrayList<>(conv.buffers());
        buffers.set(conv.output(), Operands.garbage(expected.capacity()));
        return request.trial(buffers, conv.output(), expected);
    }

    static KernelTrial depthwise(KernelTrial.Request request, Depthwise spec) {
        int groups = spec.input().channels();
        return convolution(
                request,
                new Convolution(spec.in(), spec.input(), spec.output(), spec.window(), groups),
                spec.out(),
                spec.residual());
    }

    static KernelTrial grouped(KernelTrial.Request request, Grouped spec) {
        return convolution(
                request,
                new Convolution(spec.in(), spec.input(), spec.output(), spec.window(), spec.groups()),
                spec.out(),
                spec.residual());
    }

    private static KernelTrial convolution(
            KernelTrial.Request request, Convolution conv, ElementType out, Optional<ElementType> residual) {
        int channels = conv.input().channels();
        ChannelMap lanes = conv.groups() == 1 ? lanes(conv.input()) : ChannelMap.dense(channels / conv.groups());
        Layer layer = new Layer(out, conv.output(), conv.window().taps(), lanes, residual);
        byte[] x = request.operands().activations(conv.in(), conv.input(), request.batch());
        byte[] w = request.operands().weights(layer.weightCount());
        return layer.trial(request, x, w, (pixel, channel) -> conv.sum(x, w, pixel, channel));
    }

    private static ChannelMap lanes(Extent extent) {
        return new ChannelMap(extent.pitch(), List.of(new ChannelMap.Segment(0, 0, extent.channels())));
    }

    /** The sums of a convolution. */
    private record Convolution(ElementType in, Extent input, Extent output, Window window, int groups) {
        int sum(byte[] x, byte[] w, int pixel, int channel) {
            int image = pixel / output.pixels();
            int p = pixel % output.pixels() / output.width();
            int q = pixel % output.width();
            int count = input.channels() / groups;
            int first = channel / (output.channels() / groups) * count;
            int sum = 0;
            for (int i = 0; i < window.kernelH(); i++) {
                for (int j = 0; j < window.kernelW(); j++) {
                    int row = p * window.strideH() - window.top() + i * window.dilationH();
                    int column = q * window.strideW() - window.left() + j * window.dilationW();
                    if (row < 0 || row >= input.height() || column < 0 || column >= input.width()) {
                        continue;
                    }
                    for (int c = 0; c < count; c++) {
                        int at = ((image * input.height() + row) * input.width() + column) * input.pitch() + first + c;
                        int tap = (channel * window.kernelH() + i) * window.kernelW() + j;
                        sum += Operands.value(in, x[at]) * w[tap * count + c];
                    }
                }
            }
            return sum;
        }
    }

    static KernelTrial dense(KernelTrial.Request request, Dense spec) {
        Extent input = new Extent(1, 1, spec.k(), spec.k());
        Layer layer = new Layer(spec.out(), spec.output(), 1, ChannelMap.dense(spec.k()), spec.residual());
        byte[] x = request.operands().activations(spec.in(), input, request.batch());
        byte[] w = request.operands().weights(layer.weightCount());
        return layer.trial(request, x, w, (image, channel) -> {
            int sum = 0;
            for (int k = 0; k < spec.k(); k++) {
                sum += Operands.value(spec.in(), x[image * spec.k() + k]) * w[channel * spec.k() + k];
            }
            return sum;
        });
    }

    /** What convolutions and dense layers have in common. */
    private record Layer(ElementType out, Extent output, int taps, ChannelMap input, Optional<ElementType> residual) {
        int weightCount() {
            return output.channels() * taps * input.channels();
        }

        /** A trial whose accumulators by (pixel of the batch, channel) are {@code sum}. */
        KernelTrial trial(KernelTrial.Request request, byte[] x, byte[] w, IntBinaryOperator sum) {
            Extent lanes = extent(output.height(), output.width(), output.channels());
            Constants.Epilogue epilogue = request.operands().epilogue(out, output.channels(), taps * input.channels());
            Optional<byte[]> other = residual.map(type -> request.operands().activations(type, lanes, request.batch()));
            ByteBuffer expected = Operands.zeros(request.batch() * output.elements() * out.bytes());
            for (int pixel = 0; pixel < request.batch() * output.pixels(); pixel++) {
                for (int c = 0; c < output.channels(); c++) {
                    float value = Operands.result(
                            epilogue,
                            c,
                            sum.applyAsInt(pixel, c),
                            Operands.at(residual, other, pixel * lanes.pitch() + c));
                    Operands.put(expected, out, pixel * output.pitch() + c, value);
                }
            }
            List<byte[]> buffers = new ArrayList<>(List.of(x));
            other.ifPresent(buffers::add);
            buffers.addAll(List.of(Operands.garbage(expected.capacity()), packed(request, w), epilogue.segment()));
            return request.trial(buffers, residual.isPresent() ? 2 : 1, expected);
        }

        private byte[] packed(KernelTrial.Request request, byte[] w) {
            int out = output.channels();
            QuantizedLayer layer =
                    new QuantizedLayer("layer", out, taps, input.channels(), w, new float[out], new float[out]);
            return PackedWeights.pack(
                    layer,
                    input,
                    LaunchGeometry.packing(request.spec(), request.schedule()).orElseThrow());
        }
    }
}
