package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;

import dev.octet.compiler.kernel.KernelSpec.Conv2d;
import dev.octet.compiler.kernel.KernelSpec.Dense;
import dev.octet.compiler.kernel.KernelSpec.Extent;
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

    static KernelTrial conv2d(KernelTrial.Request request, Conv2d spec) {
        Layer layer = new Layer(
                spec.out(),
                spec.output(),
                spec.window().taps(),
                ChannelMap.padded(spec.input().channels()),
                spec.residual());
        byte[] x = request.operands().activations(spec.in(), spec.input(), request.batch());
        byte[] w = request.operands().weights(layer.weightCount());
        return layer.trial(request, x, w, (pixel, channel) -> convolve(spec, x, w, pixel, channel));
    }

    private static int convolve(Conv2d spec, byte[] x, byte[] w, int pixel, int channel) {
        Window window = spec.window();
        Extent in = spec.input();
        int image = pixel / spec.output().pixels();
        int p = pixel % spec.output().pixels() / spec.output().width();
        int q = pixel % spec.output().width();
        int sum = 0;
        for (int i = 0; i < window.kernelH(); i++) {
            for (int j = 0; j < window.kernelW(); j++) {
                int row = p * window.strideH() - window.top() + i * window.dilationH();
                int column = q * window.strideW() - window.left() + j * window.dilationW();
                if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
                    continue;
                }
                for (int c = 0; c < in.channels(); c++) {
                    int at = ((image * in.height() + row) * in.width() + column) * in.pitch() + c;
                    int tap = (channel * window.kernelH() + i) * window.kernelW() + j;
                    sum += Operands.value(spec.in(), x[at]) * w[tap * in.channels() + c];
                }
            }
        }
        return sum;
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
